import BatchManifest

extension Output {
    /// A part of an answer that a table shows below a title: lines, or a table of its own.
    struct Section: Sendable {
        var title: String
        /// Sentences.
        var lines: [String] = []
        /// Rows; null for none.
        var value = ManifestValue.null
        /// The columns of the rows.
        var columns: [TableColumn] = []

        /// A part of sentences.
        init(_ title: String, lines: [String]) {
            self.title = title
            self.lines = lines
        }

        /// A part that is a table.
        init(_ title: String, _ value: ManifestValue, columns: [TableColumn]) {
            self.title = title
            self.value = value
            self.columns = columns
        }

        /// The part as text; nil for a table without rows.
        var text: String? {
            if columns.isEmpty { return ([title] + lines.map { "  " + $0 }).map { $0 + "\n" }.joined() }
            guard value.elements?.isEmpty == false else { return nil }
            return title + "\n\n" + TableText(value, columns: columns).text
        }
    }

    /// The parts as text, an empty line between them.
    static func text(of sections: [Section]) -> String { sections.compactMap(\.text).joined(separator: "\n") }
}
