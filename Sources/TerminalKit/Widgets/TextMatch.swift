/// How well typed letters find a text: all words must be in it, or all letters in their order.
enum TextMatch {
    /// A smaller number is a better match; nil is none.
    ///
    /// `text` is in lower case.
    static func rank(_ query: String, in text: String) -> Int? {
        let query = query.lowercased()
        guard !query.isEmpty else { return 0 }
        if text.hasPrefix(query) { return 0 }
        if text.contains(" " + query) || text.contains("-" + query) { return 1 }
        if text.contains(query) { return 2 }
        let words = query.split(separator: " ")
        if words.allSatisfy({ text.contains($0) }) { return 3 }
        var rest = text[...]
        for letter in query where letter != " " {
            guard let place = rest.firstIndex(of: letter) else { return nil }
            rest = rest[rest.index(after: place)...]
        }
        return 4
    }

    /// The items that match, the best first, otherwise in their order.
    static func arrange(_ texts: [String], by query: String) -> [Int] {
        texts.indices
            .compactMap { index in rank(query, in: texts[index].lowercased()).map { (rank: $0, index: index) } }
            .sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }
            .map(\.index)
    }
}
