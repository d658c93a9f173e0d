import DisplayText

/// The way from the first page to this one.
package struct Breadcrumbs: Equatable, Sendable {
    /// The request of an event.
    package enum Action: Equatable, Sendable {
        /// Go back to this page of the way.
        case open(Int)
    }

    /// The titles of the pages, the first page first.
    package var titles: [String]

    /// Shows a way.
    package init(_ titles: [String]) {
        self.titles = titles
    }

    private static let separator = " › "

    /// Goes back to a page by mouse.
    package func handle(_ event: Event, in area: Rect) -> Action? {
        guard let point = event.click(in: area.row(0)) else { return nil }
        return places(in: area).first { $0.area.contains(point) }.map { .open($0.index) }
    }

    /// The last pages that fit.
    private func places(in area: Rect) -> [(index: Int, area: Rect)] {
        let widths = titles.map(\.displayWidth)
        var first = titles.count
        var used = 0
        while first > 0 {
            let more = widths[first - 1] + (first == titles.count ? 0 : Self.separator.count)
            let mark = first > 1 ? 1 + Self.separator.count : 0
            guard used + more + mark <= area.width || first == titles.count else { break }
            used += more
            first -= 1
        }
        var x = area.x + (first > 0 ? 1 + Self.separator.count : 0)
        return titles.indices.dropFirst(first).map { index in
            defer { x += widths[index] + Self.separator.count }
            return (index, Rect(x: x, y: area.y, width: widths[index], height: 1).intersection(area))
        }
    }

    /// Draws the way in one row; what does not fit is left out at its beginning.
    package func draw(in area: Rect, on canvas: inout Canvas, theme: Theme) {
        let area = area.row(0)
        canvas.fill(area, style: theme[.text])
        let places = places(in: area)
        if let first = places.first, first.index > 0 {
            canvas.write("…" + Self.separator, x: area.x, y: area.y, style: theme[.muted], clip: area)
        }
        for (index, place) in places {
            let isLast = index == titles.count - 1
            canvas.line(titles[index], in: place, style: isLast ? theme.style(.title, .bold) : theme[.link])
            guard !isLast else { continue }
            canvas.write(Self.separator, x: place.maxX, y: area.y, style: theme[.muted], clip: area)
        }
    }
}
