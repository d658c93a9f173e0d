import DisplayText

/// A row of titles, one of them open.
package struct Tabs: Equatable, Sendable {
    /// The request of an event.
    package enum Action: Equatable, Sendable {
        /// Another tab is open now.
        case opened(Int)
    }

    /// The titles, left to right.
    package var titles: [String]
    /// Shorter titles for where the others do not fit; nil where there are none.
    package var shortTitles: [String]?
    /// The open one.
    package var selected: Int
    /// The number that opens the first title, where titles carry numbers; nil where they don't.
    package var firstNumber: Int?

    /// Begins with one tab open.
    package init(_ titles: [String], selected: Int = 0, firstNumber: Int? = nil) {
        self.titles = titles
        self.selected = selected
        self.firstNumber = firstNumber
    }

    /// Opens a tab by arrow, by number when they carry one, or by mouse.
    package mutating func handle(_ event: Event, in area: Rect) -> Action? {
        switch event {
        case .key(.left): return open(selected - 1)
        case .key(.right): return open(selected + 1)
        case .key(let key):
            guard let firstNumber, let number = key.typed?.wholeNumberValue else { return nil }
            return open(number - firstNumber)
        default:
            guard let point = event.click(in: area.row(0)) else { return nil }
            return places(in: area).first { $0.area.contains(point) }.flatMap { open($0.index) }
        }
    }

    private mutating func open(_ index: Int) -> Action? {
        guard titles.indices.contains(index) else { return nil }
        selected = index
        return .opened(index)
    }

    private func labels(of titles: [String], margin: String) -> [String] {
        titles.enumerated().map { index, title in
            margin + (firstNumber.map { "\($0 + index) \(title)" } ?? title) + margin
        }
    }

    /// The titles as they are written: without a margin where they do not fit with one, then the short ones.
    private func labels(width: Int) -> [String] {
        let tight = labels(of: titles, margin: "")
        let forms = [labels(of: titles, margin: " "), tight, labels(of: shortTitles ?? titles, margin: "")]
        return forms.first { labels in labels.reduce(-1) { $0 + $1.displayWidth + 1 } <= width } ?? tight
    }

    /// Where each title stands; the open one is always seen.
    private func places(in area: Rect) -> [(index: Int, area: Rect)] {
        let widths = labels(width: area.width).map { $0.displayWidth + 1 }
        let end = widths.prefix(selected + 1).reduce(0, +)
        var x = area.x - max(0, end - area.width)
        return titles.indices.map { index in
            defer { x += widths[index] }
            return (index, Rect(x: x, y: area.y, width: widths[index] - 1, height: 1).intersection(area))
        }
    }

    /// Draws the titles in one row.
    package func draw(in area: Rect, on canvas: inout Canvas, theme: Theme) {
        let area = area.row(0)
        canvas.fill(area, style: theme.style(.text, on: .surface))
        let labels = labels(width: area.width)
        for (index, place) in places(in: area) {
            let style =
                index == selected
                ? theme.style(.selectionText, on: .selection, .bold) : theme.style(.muted, on: .surface)
            canvas.line(labels[index], in: place, style: style)
        }
    }
}
