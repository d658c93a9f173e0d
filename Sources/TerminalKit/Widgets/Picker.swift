import DisplayText

/// Something to pick.
package struct PickerItem: Equatable, Sendable, Identifiable {
    /// Its identifier.
    package var id: String
    /// Its label.
    package var title: String
    /// Its distinction from others: a version, a description.
    package var detail: String

    /// Describes something to pick.
    package init(id: String, title: String, detail: String = "") {
        self.id = id
        self.title = title
        self.detail = detail
    }
}

/// A list on top of the page that gets shorter as one types.
package struct Picker: Equatable, Sendable {
    /// The request of an event.
    package enum Action: Equatable, Sendable {
        /// This one is under the cursor now, to preview it for example.
        case highlighted(String)
        /// Take this one.
        case picked(String)
        /// Take none.
        case cancelled
    }

    /// The title in the frame.
    package let title: String
    /// The entries to pick from.
    package let items: [PickerItem]
    /// The text when there is nothing, with the key that changes it.
    package let emptyText: String
    private var list: ChoiceList

    /// Offers items, the cursor on one of them.
    package init(
        _ title: String,
        _ items: [PickerItem],
        selected: String? = nil,
        emptyText: String = "There is nothing to pick from."
    ) {
        self.title = title
        self.items = items
        self.emptyText = emptyText
        let cursor = items.firstIndex { $0.id == selected } ?? 0
        list = ChoiceList(items.map { $0.title + " " + $0.detail }, selected: cursor)
    }

    /// The item under the cursor.
    package var current: PickerItem? { list.current.map { items[$0] } }

    /// Types, moves, picks and cancels; `area` is the whole page.
    package mutating func handle(_ event: Event, in area: Rect) -> Action? {
        let layout = ChoiceLayout(in: area, items: items.count)
        if layout.isLeft(by: event, in: area) { return .cancelled }
        switch list.handle(event, list: layout.list) {
        case .highlighted(let index): return .highlighted(items[index].id)
        case .chosen(let index): return .picked(items[index].id)
        case .cancelled: return .cancelled
        case nil: return nil
        }
    }

    /// Draws the list in the middle of the page.
    package func draw(in area: Rect, on canvas: inout Canvas, theme: Theme) {
        let layout = ChoiceLayout(in: area, items: items.count)
        canvas.fill(layout.frame, style: theme.style(.text, on: .panel))
        canvas.frame(
            layout.frame,
            style: theme.style(.borderFocus, on: .panel),
            title: title,
            titleStyle: theme.style(.title, on: .panel, .bold)
        )
        list.query.draw(
            in: layout.query,
            on: &canvas,
            theme: theme,
            placeholder: "type to filter",
            background: .panel
        )
        if list.matches.isEmpty {
            let text = items.isEmpty ? emptyText : "Nothing matches “\(list.query.text)”."
            canvas.line(text, in: layout.list, style: theme.style(.muted, on: .panel))
        }
        let first = list.firstSeen(height: layout.list.height)
        for (row, index) in list.matches.dropFirst(first).prefix(layout.list.height).enumerated() {
            let isChosen = first + row == list.cursor
            drawItem(items[index], isChosen: isChosen, in: layout.list.row(row), on: &canvas, theme: theme)
        }
        let count = "\(list.matches.count) of \(items.count) · enter pick · esc cancel"
        canvas.line(count, in: layout.footer, style: theme.style(.muted, on: .panel))
    }

    private func drawItem(
        _ item: PickerItem,
        isChosen: Bool,
        in line: Rect,
        on canvas: inout Canvas,
        theme: Theme
    ) {
        let background: Role = isChosen ? .selection : .panel
        canvas.fill(line, style: theme.style(isChosen ? .selectionText : .text, on: background))
        canvas.write(
            isChosen ? "▸" : " ",
            x: line.x,
            y: line.y,
            style: theme.style(.selectionText, on: background),
            clip: line
        )
        let inside = line.splitLeft(2).rest
        let detailWidth = item.detail.isEmpty ? 0 : min(item.detail.displayWidth, inside.width / 2)
        let (left, right) = inside.splitRight(detailWidth)
        canvas.line(
            item.title,
            in: detailWidth > 0 ? left.splitRight(1).rest : left,
            style: theme.style(isChosen ? .selectionText : .text, on: background)
        )
        let detailRole: Role = isChosen ? .selectionText : .muted
        canvas.line(item.detail, in: right, style: theme.style(detailRole, on: background), alignment: .trailing)
    }
}
