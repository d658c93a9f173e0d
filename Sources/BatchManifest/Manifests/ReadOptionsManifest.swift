package import BatchDomain

/// Read options that stand in a file, or are given one by one as `--set read_options.KEY=VALUE` does.
package enum ReadOptionsManifest {
    /// Reads the `read_options` of a document that holds nothing else.
    ///
    /// - Returns: The options; nil when there are none.
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(_ document: YAMLDocument) throws(ValidationError) -> ReadOptions? {
        var fields = try ManifestFields(document, noun: "set of read options")
        let options = fields.readOptions(Setting.readOptions.key)
        try fields.finish()
        return options
    }

    /// Reads options given as paths of keys with values: `delimiter` and `;`, `rename.Alter` and `age`.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(_ assignments: [(key: String, value: String)]) throws(ValidationError) -> ReadOptions? {
        var document = YAMLDocument()
        for (key, value) in assignments {
            document = try document.setting(path: "\(Setting.readOptions.key).\(key)", value: value)
        }
        return try read(document)
    }

    /// The options as paths of keys with values, which read back.
    package static func assignments(of options: ReadOptions) -> [(key: String, value: String)] {
        options.given.flatMap { option, value -> [(key: String, value: String)] in
            if case .mapping(let entries) = value, entries.keys.allSatisfy(isKeyOfPath) {
                return entries.sorted { $0.key < $1.key }.map {
                    ("\(option.key).\($0.key)", $0.value.text ?? ManifestValue($0.value).inline)
                }
            }
            if value == .text("\t") { return [(option.key, "tab")] }
            return [(option.key, value.text ?? ManifestValue(value).inline)]
        }
    }

    /// Returns whether a name can be the last key of a path before `=`.
    private static func isKeyOfPath(_ name: String) -> Bool {
        !name.isEmpty && !name.contains { ".[=".contains($0) }
    }
}

extension ManifestFields {
    /// The read options under a key; what is wrong with them is reported with its place.
    mutating func readOptions(_ path: String) -> ReadOptions? {
        guard let node = node(path, as: .setting(.readOptions)) else { return nil }
        guard let entries = node.entries else {
            report(path, rule: "must be a mapping, but it is \(node.noun)", example: "{delimiter: \";\"}")
            return nil
        }
        var options = ReadOptions()
        var unknownKeys = 0
        for entry in entries {
            guard let option = ReadOption(rawValue: entry.key) else {
                unknownKeys += 1
                // Looking for what was meant takes its time.
                if unknownKeys <= Self.maxUnknownOptions { add(unknown(entry, under: path)) }
                continue
            }
            guard !entry.value.isNull else { continue }
            do {
                try options.set(option, to: try typed(entry.value, as: "\(path).\(entry.key)"))
            } catch {
                for problem in error.problems { add(placed(problem, entry, under: path)) }
            }
        }
        if unknownKeys > Self.maxUnknownOptions {
            let rule = "has \(unknownKeys - Self.maxUnknownOptions) more keys that are not read options"
            add(Problem(field: path, rule: rule, location: node.location))
        }
        return options.isEmpty ? nil : options
    }

    /// Maximum unknown read options that are reported one by one.
    private static var maxUnknownOptions: Int { 20 }

    private func unknown(_ entry: YAMLNode.Entry, under path: String) -> Problem {
        let keys = ReadOption.allCases.map(\.key)
        let hint =
            NearestKey.of(entry.key, among: keys).map { "; did you mean '\($0)'?" }
            ?? "; they are \(keys.joined(separator: ", "))"
        return Problem(field: "\(path).\(entry.key)", rule: "is not a read option\(hint)", location: entry.location)
    }

    /// A problem that begins with the option's key, with its whole path and its place in the file.
    private func placed(_ problem: Problem, _ entry: YAMLNode.Entry, under path: String) -> Problem {
        var problem = problem
        let column = problem.field.dropFirst(entry.key.count + 1)
        let location = column.isEmpty ? nil : entry.value.entries?.first { $0.key == column }?.value.location
        if !problem.field.hasPrefix(path) { problem.field = "\(path).\(problem.field)" }
        problem.location = problem.location ?? location ?? entry.value.location
        return problem
    }

    /// A node as a typed value; every scalar is text.
    private func typed(_ node: YAMLNode, as field: String) throws(ValidationError) -> ReadOptionValue {
        switch node.content {
        case .scalar(let text, _): return .text(text)
        case .sequence(let nodes):
            var values: [ReadOptionValue] = []
            for node in nodes { values.append(try typed(node, as: field)) }
            return .list(values)
        case .mapping(let entries):
            var values: [String: ReadOptionValue] = [:]
            for entry in entries { values[entry.key] = try typed(entry.value, as: "\(field).\(entry.key)") }
            return .mapping(values)
        case .null:
            throw ValidationError(
                Problem(
                    field: field,
                    rule: "must be text: put quotes around an empty text or the word null",
                    location: node.location
                )
            )
        }
    }
}
