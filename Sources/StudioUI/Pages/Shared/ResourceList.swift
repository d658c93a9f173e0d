import TerminalKit

/// A list of things that are all at hand, filtered and sorted: the inside of most pages.
struct ResourceList<Row> {
    /// All rows, as they came; nil until they are there.
    private(set) var rows: [Row]?
    /// The rows as they are shown.
    private(set) var shown: [Row] = []
    var table = TableState()
    private let id: (Row) -> String
    /// The text where there are no rows.
    var emptyText: String
    /// The row to select once it is loaded.
    private var wanted: String?
    /// The rows that are marked.
    private(set) var marks = Marks()
    /// The columns that are not shown, nor filtered by.
    private(set) var hidden = HiddenColumns()
    /// True where rows can be marked.
    private let canMark: Bool
    /// Why there are no rows, where they could not be read.
    private var failure: Failure?

    /// Begins without rows.
    init(emptyText: String, canMark: Bool = false, id: @escaping (Row) -> String) {
        self.emptyText = emptyText
        self.canMark = canMark
        self.id = id
    }

    /// The row that the cursor is on.
    var selected: Row? { shown.indices.contains(table.cursor) ? shown[table.cursor] : shown.last }

    /// The marked rows in the order of the list, or the one that the cursor is on.
    var targets: [Row] {
        marks.isEmpty ? selected.map { [$0] } ?? [] : (rows ?? []).filter { marks.contains(id($0)) }
    }

    /// Why there is no next match; nil when there is one.
    var refusalToMatch: String? { table.filter.isEmpty ? "Press / to filter first." : nil }

    /// Takes all marks away.
    mutating func clearMarks() { marks.clear() }

    /// True when the filter is being typed.
    var isTyping: Bool { table.isFiltering }

    var memory: PageMemory {
        PageMemory(
            selection: selected.map(id) ?? wanted,
            filter: table.filter,
            sort: table.sort?.column,
            isDescending: table.sort?.isDescending ?? false,
            hiddenColumns: hidden.memory
        )
    }

    mutating func restore(_ memory: PageMemory) {
        let sort = memory.sort.map { TableSort($0, isDescending: memory.isDescending) }
        table = TableState(sort: sort, filter: memory.filter)
        wanted = memory.selection
        hidden = HiddenColumns(memory.hiddenColumns)
    }

    /// Offers the columns to show and hide.
    func offerColumns(_ columns: [TableColumn<Row>]) -> [Request] { [hidden.request(columns)] }

    /// Shows a column or hides it; nil for the answer to another question.
    mutating func answer(_ question: String, _ choice: String, columns: [TableColumn<Row>]) -> [Request]? {
        guard question == HiddenColumns.question else { return nil }
        let request = hidden.toggle(choice, columns)
        arrange(columns)
        return [request]
    }

    /// Takes why no rows came; returns whether the list shows it, as it does while it has none.
    mutating func miss(_ failure: Failure) -> Bool {
        guard rows == nil else { return false }
        self.failure = failure
        return true
    }

    /// Forgets the rows, as others are on their way.
    mutating func forget() {
        (rows, shown, failure, wanted) = (nil, [], nil, nil)
        table.cursor = 0
        marks.clear()
    }

    /// Takes new rows; the chosen one stays chosen.
    mutating func receive(_ rows: [Row], columns: [TableColumn<Row>]) {
        let chosen = wanted ?? (self.rows == nil ? nil : selected.map(id))
        (self.rows, failure, wanted) = (rows, nil, nil)
        if !marks.isEmpty { marks.keep(rows.map(id)) }
        arrange(columns)
        if let chosen { keepSelection(chosen) }
    }

    private mutating func arrange(_ columns: [TableColumn<Row>]) {
        shown = Table.arrange(rows ?? [], by: table, columns: hidden.shown(columns))
    }

    private mutating func keepSelection(_ chosen: String) {
        if let index = shown.firstIndex(where: { id($0) == chosen }) { table.cursor = index }
    }

    private func widget(_ columns: [TableColumn<Row>]) -> Table<Row> {
        var table = Table(hidden.shown(columns), rows: shown, emptyText: rows == nil ? "Loading…" : emptyText)
        if canMark { table.isMarked = { marks.contains(id($0)) } }
        return table
    }

    /// The result of an event.
    enum Reaction {
        /// This row is to be opened.
        case opened(Row)
        /// The table took it.
        case used
    }

    /// Moves, filters and sorts; nil when the event is none of the list's.
    mutating func handle(_ event: Event, in area: Rect, columns: [TableColumn<Row>]) -> Reaction? {
        let before = table
        let chosen = selected.map(id)
        defer { if table.cursor != before.cursor { wanted = nil } }
        if event == .key(.escape), !marks.isEmpty, !table.isFiltering {
            marks.clear()
            return .used
        }
        switch widget(columns).handle(event, &table, in: area) {
        case .opened: return selected.map { .opened($0) } ?? .used
        case .moved: return .used
        case .sorted:
            arrange(columns)
            if let chosen { keepSelection(chosen) }
            return .used
        case .filtered:
            arrange(columns)
            if table.filter.isEmpty, let chosen { keepSelection(chosen) }
            return .used
        case .toggled(let row):
            marks.toggle(id(shown[row]))
            return .used
        case .toggledAll:
            marks.toggleAll(shown.map(id))
            return .used
        case .marked(let rows):
            marks.add(shown[rows].map(id))
            return .used
        case nil: return before == table ? nil : .used
        }
    }

    /// Draws the table.
    func draw(in scene: Scene, on canvas: inout Canvas, columns: [TableColumn<Row>], isFocused: Bool = true) {
        if rows == nil, let failure { return scene.drawMissing(failure, on: &canvas, canGoBack: false) }
        widget(columns).draw(table, in: scene.area, on: &canvas, theme: scene.theme, isFocused: isFocused)
    }
}
