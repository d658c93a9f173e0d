import DisplayText

/// A key and what it does, for the bar at the bottom.
package struct Hint: Equatable, Sendable {
    /// The key as it is written, `ctrl+s`.
    package var key: String
    /// Its effect, in a word or two.
    package var title: String
    /// True when it does it now.
    package var isEnabled: Bool

    /// Names a key and what it does.
    package init(_ key: String, _ title: String, isEnabled: Bool = true) {
        self.key = key
        self.title = title
        self.isEnabled = isEnabled
    }

    var width: Int { key.displayWidth + 1 + title.displayWidth }
}

/// The keys that matter now, in one row; those that do not fit are left out at the end.
package struct HintBar: Equatable, Sendable {
    /// The request of an event.
    package enum Action: Equatable, Sendable {
        /// Do what this hint says.
        case chosen(Int)
    }

    /// The hints, the most useful first.
    package var hints: [Hint]
    private static let separator = " · "

    /// Shows hints.
    package init(_ hints: [Hint]) {
        self.hints = hints
    }

    /// Chooses a hint by mouse; one that does nothing now is not chosen.
    package func handle(_ event: Event, in area: Rect) -> Action? {
        guard let point = event.click(in: area.row(0)),
            let hit = places(in: area).first(where: { $0.area.contains(point) }), hints[hit.index].isEnabled
        else { return nil }
        return .chosen(hit.index)
    }

    private func places(in area: Rect) -> [(index: Int, area: Rect)] {
        var x = area.x + 1
        var places: [(index: Int, area: Rect)] = []
        for (index, hint) in hints.enumerated() {
            guard x + hint.width <= area.maxX else { break }
            places.append((index, Rect(x: x, y: area.y, width: hint.width, height: 1)))
            x += hint.width + Self.separator.count
        }
        return places
    }

    /// Draws the hints in one row.
    package func draw(in area: Rect, on canvas: inout Canvas, theme: Theme) {
        let area = area.row(0)
        canvas.fill(area, style: theme.style(.muted, on: .surface))
        for (index, place) in places(in: area) {
            let hint = hints[index]
            if index > 0 {
                let x = place.x - Self.separator.count
                canvas.write(Self.separator, x: x, y: area.y, style: theme.style(.muted, on: .surface), clip: area)
            }
            let keyStyle = hint.isEnabled ? theme.style(.key, on: .surface) : theme.style(.muted, on: .surface, .dim)
            let textStyle =
                hint.isEnabled ? theme.style(.text, on: .surface) : theme.style(.muted, on: .surface, .dim)
            canvas.write(
                [Span(hint.key, keyStyle), Span(" " + hint.title, textStyle)],
                x: place.x,
                y: area.y,
                clip: area
            )
        }
    }
}
