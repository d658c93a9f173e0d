/// Lines to read that may be longer than the screen: details, help, a file.
package struct TextPane: Equatable, Sendable {
    /// The first line that was seen last.
    package private(set) var offset = 0

    /// Begins at the top.
    package init() {}

    /// The first line that is seen of so many.
    package func firstLine(of lines: Int, in area: Rect) -> Int { offset(lines: lines, height: area.height) }

    private func offset(lines: Int, height: Int) -> Int {
        max(0, min(offset, lines - height))
    }

    /// Scrolls by arrows, `j k g G`, page keys and wheel; returns whether the event was used.
    package mutating func handle(_ event: Event, lineCount: Int, in area: Rect) -> Bool {
        let current = offset(lines: lineCount, height: area.height)
        if let rows = event.scroll(in: area) {
            offset = max(0, current + rows)
        } else if case .key(let key) = event {
            switch key {
            case .up, "k": offset = max(0, current - 1)
            case .down, "j": offset = current + 1
            case .pageUp: offset = max(0, current - area.height)
            case .pageDown, .space: offset = current + area.height
            case .home, "g": offset = 0
            case .end, "G": offset = lineCount
            default: return false
            }
        } else {
            return false
        }
        offset = offset(lines: lineCount, height: area.height)
        return true
    }

    /// Draws the lines that fit; `…` at the right edge means that more follow below.
    package func draw(_ lines: [[Span]], in area: Rect, on canvas: inout Canvas, theme: Theme) {
        canvas.fill(area, style: theme[.text])
        let first = offset(lines: lines.count, height: area.height)
        for (row, line) in lines.dropFirst(first).prefix(area.height).enumerated() {
            canvas.write(line, x: area.x, y: area.y + row, clip: area)
        }
        guard first + area.height < lines.count else { return }
        canvas.line("…", in: area.row(area.height - 1), style: theme[.muted], alignment: .trailing)
    }
}
