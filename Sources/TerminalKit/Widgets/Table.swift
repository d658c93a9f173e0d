/// Rows in columns, one of them chosen.
///
/// Only rows that are seen are asked for, so a million cost no more than ten.
package struct Table<Row> {
    /// The columns, left to right.
    package var columns: [TableColumn<Row>]
    /// How many rows there are.
    package var rowCount: Int
    /// The text when there are none, with the key that changes it.
    package var emptyText: String
    /// Returns whether a row is marked for what is done to several at once; nil where rows can't be marked.
    package var isMarked: ((Row) -> Bool)?
    private let row: (Int) -> Row?

    /// Shows rows that are asked for one by one; nil is a row that is still on its way.
    package init(
        _ columns: [TableColumn<Row>],
        rowCount: Int,
        emptyText: String = "Nothing here yet.",
        row: @escaping (Int) -> Row?
    ) {
        self.columns = columns
        self.rowCount = rowCount
        self.emptyText = emptyText
        self.row = row
    }

    /// Shows rows that are all at hand.
    package init(_ columns: [TableColumn<Row>], rows: [Row], emptyText: String = "Nothing here yet.") {
        self.init(columns, rowCount: rows.count, emptyText: emptyText) { rows[$0] }
    }

    /// Filters and sorts rows that are all at hand; every word of the filter must be in some column.
    package static func arrange(_ rows: [Row], by state: TableState, columns: [TableColumn<Row>]) -> [Row] {
        let words = state.filterWords
        var arranged = rows.filter { row in
            guard !words.isEmpty else { return true }
            let text = columns.map { $0.text(row) }.joined(separator: " ").lowercased()
            return words.allSatisfy { text.contains($0) }
        }
        guard let sort = state.sort, let column = columns.first(where: { $0.id == sort.column }) else {
            return arranged
        }
        let precedes = column.precedes ?? { column.text($0).naturallyPrecedes(column.text($1)) }
        arranged.sort { sort.isDescending ? precedes($1, $0) : precedes($0, $1) }
        return arranged
    }

    struct Layout {
        var header: Rect
        var body: Rect
        var filter: Rect
    }

    func layout(_ state: TableState, in area: Rect) -> Layout {
        let (header, rest) = area.splitTop(1)
        let showsFilter = state.isFiltering || !state.filter.isEmpty
        let (body, filter) = rest.splitBottom(showsFilter && rest.height > 1 ? 1 : 0)
        return Layout(header: header, body: body, filter: filter)
    }

    func places(width: Int) -> [(index: Int, x: Int, width: Int)] {
        // One column on the left is for the mark of the chosen row.
        let widths = columns.map { ($0.width.minimum, $0.width.weight, $0.importance) }
        return ColumnLayout.places(widths, available: width - 2).map { ($0.index, $0.x + 2, $0.width) }
    }

    func offset(_ state: TableState, height: Int) -> Int {
        Viewport.offset(
            state.offset,
            cursor: Viewport.clamp(state.cursor, count: rowCount),
            height: height,
            count: rowCount
        )
    }
}

// MARK: Drawing

extension Table {
    /// Draws titles, the rows that fit, and the filter when there is one.
    package func draw(
        _ state: TableState,
        in area: Rect,
        on canvas: inout Canvas,
        theme: Theme,
        isFocused: Bool = true
    ) {
        let layout = layout(state, in: area)
        canvas.fill(area, style: theme[.text])
        let places = places(width: area.width)
        drawHeader(state, places, in: layout.header, on: &canvas, theme: theme)
        if rowCount == 0 {
            let text = state.filter.isEmpty ? emptyText : "Nothing matches “\(state.filter)”. Press esc to show all."
            canvas.line(
                text,
                in: layout.body.row(min(1, layout.body.height - 1)).inset(horizontal: 2),
                style: theme[.muted]
            )
        }
        let first = offset(state, height: layout.body.height)
        let chosen = Viewport.clamp(state.cursor, count: rowCount)
        for index in first..<max(first, min(rowCount, first + layout.body.height)) {
            let line = layout.body.row(index - first)
            drawRow(index, isChosen: index == chosen, isFocused, places, in: line, on: &canvas, theme: theme)
        }
        canvas.highlight(state.filterWords, in: layout.body)
        drawFilter(state, in: layout.filter, on: &canvas, theme: theme)
    }

    private func drawHeader(
        _ state: TableState,
        _ places: [(index: Int, x: Int, width: Int)],
        in area: Rect,
        on canvas: inout Canvas,
        theme: Theme
    ) {
        for place in places {
            let column = columns[place.index]
            let isSorted = state.sort?.column == column.id
            let mark = isSorted ? (state.sort?.isDescending == true ? "↓" : "↑") : ""
            let cell = Rect(x: area.x + place.x, y: area.y, width: place.width, height: 1).intersection(area)
            canvas.line(column.title + mark, in: cell, style: theme.style(.title, .bold), alignment: column.alignment)
        }
    }

    private func drawRow(
        _ index: Int,
        isChosen: Bool,
        _ isFocused: Bool,
        _ places: [(index: Int, x: Int, width: Int)],
        in line: Rect,
        on canvas: inout Canvas,
        theme: Theme
    ) {
        let background: Role = isChosen ? (isFocused ? .selection : .surface) : .background
        if isChosen {
            canvas.fill(line, style: theme.style(.selectionText, on: background))
            canvas.write("▸", x: line.x, y: line.y, style: theme.style(.selectionText, on: background), clip: line)
        }
        guard let row = row(index) else {
            canvas.line("…", in: line.inset(horizontal: 2), style: theme.style(.muted, on: background))
            return
        }
        if isMarked?(row) == true {
            let style = theme.style(isChosen && isFocused ? .selectionText : .accent, on: background, .bold)
            canvas.write("◆", x: line.x + 1, y: line.y, style: style, clip: line)
        }
        for place in places {
            let column = columns[place.index]
            // Hues are held readable on the plain background only.
            let role = isChosen && isFocused ? .selectionText : column.role(row)
            let cell = Rect(x: line.x + place.x, y: line.y, width: place.width, height: 1).intersection(line)
            canvas.line(
                column.text(row),
                in: cell,
                style: theme.style(role, on: background),
                alignment: column.alignment
            )
        }
    }

    private func drawFilter(_ state: TableState, in area: Rect, on canvas: inout Canvas, theme: Theme) {
        guard !area.isEmpty else { return }
        canvas.fill(area, style: theme.style(.text, on: .surface))
        let after = canvas.write(" / ", x: area.x, y: area.y, style: theme.style(.key, on: .surface), clip: area)
        let input = area.splitLeft(after - area.x).rest
        state.filterInput.draw(
            in: input,
            on: &canvas,
            theme: theme,
            isFocused: state.isFiltering,
            placeholder: "type to filter",
            background: .surface
        )
    }
}
