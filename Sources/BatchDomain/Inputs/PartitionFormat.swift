/// A path whose parts in braces become columns: `/{state}/{day:yyyy/MM/dd}/sales.csv`.
///
/// `{name}` is text. `{name:…}` is a time of the parts `yyyy`, `MM`, `dd`, `HH`, `mm` and `ss`, each once and with all that come
/// before it in this list; its other characters are no letters or digits. Parts that are left out are the first: 01 or 00.
enum PartitionFormat {
    /// The parts of a time, the largest first, as the runtime's `path_columns.py` reads them.
    private static let timeParts = ["yyyy", "MM", "dd", "HH", "mm", "ss"]

    /// The rule that a text breaks, nil for a partition format.
    static func problem(in text: String) -> String? {
        var names: [Substring] = []
        var rest = text[...]
        while let brace = rest.firstIndex(where: { "{}".contains($0) }) {
            guard rest[brace] == "{" else { return "must not have a '}' without a '{' before it" }
            rest = rest[rest.index(after: brace)...]
            guard let end = rest.firstIndex(where: { "{}".contains($0) }), rest[end] == "}" else {
                return "must have a '}' for each '{'"
            }
            let parts = rest[..<end].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            rest = rest[rest.index(after: end)...]
            guard let name = parts.first, !name.isEmpty else {
                return "must have a column's name in each pair of braces"
            }
            if names.contains(name) { return "must have each column once, but has '\(name)' twice" }
            names.append(name)
            guard let time = parts.dropFirst().first, !isTime(time) else { continue }
            return
                "must have a date format of yyyy, MM, dd, HH, mm and ss in '{\(name):\(time)}', each once and with those "
                + "before it"
        }
        return names.isEmpty ? "must have a column's name in braces" : nil
    }

    private static func isTime(_ text: Substring) -> Bool {
        var found: Set<String> = []
        var rest = text
        while let first = rest.first {
            if let part = timeParts.first(where: { rest.hasPrefix($0) }) {
                guard found.insert(part).inserted else { return false }
                rest = rest.dropFirst(part.count)
            } else {
                if first.isLetter || first.isNumber { return false }
                rest = rest.dropFirst()
            }
        }
        return !found.isEmpty && found == Set(timeParts.prefix(found.count))
    }
}
