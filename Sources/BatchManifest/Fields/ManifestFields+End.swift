import BatchDomain

extension ManifestFields {
    /// Throws everything that is wrong: reported problems, those of the values, and unknown keys.
    ///
    /// - Parameters:
    ///   - valueProblems: The problems of the values by the rules of the domain.
    ///   - place: The path of a field of those, where it is another than its name.
    /// - Throws: ``ValidationError`` with the problems in the order of the file.
    func finish(valueProblems: [Problem] = [], place: (String) -> String = { $0 }) throws(ValidationError) {
        var all = problems
        for problem in valueProblems where !problems.contains(where: { isSame($0.field, place(problem.field)) }) {
            var placed = problem
            placed.field = place(problem.field)
            placed.location = location(placed.field)
            all.append(placed)
        }
        all += unknownKeys(in: document.root, under: [])
        let order = all.enumerated().sorted { first, second in
            let places = (first.element.location?.line ?? 0, second.element.location?.line ?? 0)
            return places.0 == places.1 ? first.offset < second.offset : places.0 < places.1
        }
        try ValidationError.throwIfAny(order.map(\.element))
    }

    private func isSame(_ reported: String, _ other: String) -> Bool {
        reported == other || reported.hasPrefix(other + ".") || other.hasPrefix(reported + ".")
    }

    /// Maximum unknown keys of one mapping that are reported one by one: the search for the nearest key is slow.
    private static let maxUnknownKeys = 20

    private func unknownKeys(in node: YAMLNode, under path: [String]) -> [Problem] {
        var entries = node.entries ?? []
        var tooMany: [Problem] = []
        if entries.count > known.count + Self.maxUnknownKeys {
            let strangers = entries.filter { entry in !known.contains { $0.starts(with: path + [entry.key]) } }
            if let first = strangers.dropFirst(Self.maxUnknownKeys).first {
                let rest = strangers.count - Self.maxUnknownKeys
                let rule = "and \(rest - 1) more are no keys of a \(noun) either"
                tooMany = [
                    Problem(field: (path + [first.key]).joined(separator: "."), rule: rule, location: first.location)
                ]
                let named = Set(strangers.prefix(Self.maxUnknownKeys).map(\.key))
                let others = Set(strangers.map(\.key)).subtracting(named)
                entries.removeAll { others.contains($0.key) }
            }
        }
        return tooMany
            + entries.flatMap { entry -> [Problem] in
                let keys = path + [entry.key]
                let isKnown = known.contains(keys)
                let isAbove = known.contains { $0.count > keys.count && $0.starts(with: keys) }
                switch (isKnown, isAbove) {
                case (false, false): return [unknown(entry, under: path)]
                case (true, false): return []
                case (_, true):
                    if entry.value.entries != nil { return unknownKeys(in: entry.value, under: keys) }
                    if entry.value.isNull || (isKnown && entry.value.text != nil) { return [] }
                    return [
                        Problem(
                            field: keys.joined(separator: "."),
                            rule: "must be \(isKnown ? "text or " : "")a mapping, but it is \(entry.value.noun)",
                            location: entry.value.location
                        )
                    ]
                }
            }
    }

    private func unknown(_ entry: YAMLNode.Entry, under path: [String]) -> Problem {
        let offered = keys.map(\.path)
        let here = offered.filter { $0.count > path.count && $0.starts(with: path) }.map { $0[path.count] }
        let hint: String
        if let near = NearestKey.of(entry.key, among: here) {
            hint = "; did you mean '\(near)'?"
        } else if let offeredKeys = offered.first(where: { $0.last == entry.key }) {
            let above = offeredKeys.dropLast().joined(separator: ".")
            hint = above.isEmpty ? "; it belongs at the top of the file" : "; it belongs under '\(above)'"
        } else {
            var seen: Set<String> = []
            hint = "; the keys are " + here.filter { seen.insert($0).inserted }.joined(separator: ", ")
        }
        return Problem(
            field: (path + [entry.key]).joined(separator: "."),
            rule: "is not a key of a \(noun)\(hint)",
            location: entry.location
        )
    }
}
