import BatchDomain
import BatchManifest

/// The answer of a command: a value, with its form as a table.
struct Output: Sendable {
    /// The whole answer.
    var value: ManifestValue
    /// The columns of a table; nil shows what is simple.
    var columns: [TableColumn]?
    /// The form in YAML, where a file that creates the thing has another form than az's answer.
    var document: ManifestValue?
    /// The tables below each other, where the answer has parts of different columns.
    var sections: [Section] = []
    /// The rows of the table, where that is a part of the answer.
    var rows: ManifestValue?

    init(_ value: ManifestValue, columns: [TableColumn]? = nil) {
        self.value = value
        self.columns = columns
    }

    /// The answer of a command that has listed something.
    init(list values: [ManifestValue], columns: [TableColumn]? = nil) {
        self.init(.list(values), columns: columns)
    }

    /// The answer as text that ends with a line break, empty when there is nothing to say.
    ///
    /// - Parameters:
    ///   - format: How it looks.
    ///   - query: What to show of it; a table then has the columns that the query makes.
    /// - Returns: The text.
    /// - Throws: ``Problem`` when the query can't be applied to the answer.
    func rendered(as format: OutputFormat, query: Query?) throws(Problem) -> String {
        let value = value.maskingSecrets
        let shown = try query?.evaluate(value) ?? value
        // As in az: a query that finds nothing prints nothing.
        if shown == .null { return "" }
        return switch format {
        case .json, .jsonc: shown.json + "\n"
        case .yaml, .yamlc: (query == nil ? document?.maskingSecrets ?? shown : shown).yaml
        case .table where query == nil && !sections.isEmpty: Self.text(of: sections)
        case .table where query == nil: TableText(rows?.maskingSecrets ?? shown, columns: columns).text
        case .table: TableText(shown, columns: nil).text
        case .tsv: TabSeparatedText.text(of: shown)
        case .none: ""
        }
    }
}

/// A column of a table: its title and where its values are.
struct TableColumn: Sendable {
    var title: String
    var path: [String]
    /// The words that are shown in the place of values.
    var words: [String: String]

    /// A column whose path has its keys separated by dots.
    init(_ title: String, _ path: String, words: [String: String] = [:]) {
        self.title = title
        self.words = words
        self.path = path.split(separator: ".").map(String.init)
    }
}
