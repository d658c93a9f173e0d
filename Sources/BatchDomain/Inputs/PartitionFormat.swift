/// A path whose parts in braces become columns: `/{state}/{day:yyyy/MM/dd}/sales.csv`.
enum PartitionFormat {
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
            guard let date = parts.dropFirst().first else { continue }
            // The words are those of MLTable: years, months, days, hours, minutes and seconds.
            let isDate =
                date.contains("yyyy") && date.allSatisfy { "yMdHms".contains($0) || !$0.isLetter && !$0.isNumber }
            if !isDate { return "must have a date format of yyyy, MM, dd, HH, mm and ss in '{\(name):\(date)}'" }
        }
        return names.isEmpty ? "must have a column's name in braces" : nil
    }
}
