import TerminalKit

/// The columns of a list that its user does not want to see; the first one, which tells rows apart, always stays.
struct HiddenColumns: Equatable {
    static let question = "columns"
    private(set) var ids: Set<String> = []

    init(_ ids: [String]? = nil) {
        self.ids = Set(ids ?? [])
    }

    /// For the next start; nil where all columns are shown.
    var memory: [String]? { ids.isEmpty ? nil : ids.sorted() }

    /// The columns that are shown.
    func shown<Row>(_ columns: [TableColumn<Row>]) -> [TableColumn<Row>] {
        ids.isEmpty ? columns : columns.enumerated().filter { $0 == 0 || !ids.contains($1.id) }.map(\.element)
    }

    /// The list to choose from: all columns, those that are shown with a tick.
    func request<Row>(_ columns: [TableColumn<Row>], selected: String? = nil) -> Request {
        let items = columns.dropFirst().map { column in
            PickerItem(id: column.id, title: (ids.contains(column.id) ? "  " : "✓ ") + column.title)
        }
        return .offer(id: Self.question, Picker("Columns · enter shows or hides · esc done", items, selected: selected))
    }

    /// Shows a column, or hides it; the list stays open.
    mutating func toggle<Row>(_ id: String, _ columns: [TableColumn<Row>]) -> Request {
        if ids.remove(id) == nil { ids.insert(id) }
        return request(columns, selected: id)
    }
}
