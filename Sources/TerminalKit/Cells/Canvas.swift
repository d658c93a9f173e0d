import DisplayText

/// The screen in memory: views draw on it, a driver shows it, tests read it.
package struct Canvas: Equatable, Sendable {
    /// Columns and rows.
    package let size: Size
    /// All cells, row by row.
    package private(set) var cells: [Cell]
    /// Where the terminal's cursor is shown; nil hides it.
    package var cursor: Point?

    /// Makes an empty screen.
    package init(_ size: Size, style: Style = .plain) {
        self.size = size
        cells = Array(repeating: Cell(" ", style), count: size.width * size.height)
    }

    /// The whole screen as a rectangle.
    package var bounds: Rect { Rect(size) }

    /// The cell at a place that lies on the screen.
    package subscript(x: Int, y: Int) -> Cell {
        cells[y * size.width + x]
    }

    /// The cells of one row.
    package func row(_ y: Int) -> ArraySlice<Cell> {
        cells[(y * size.width)..<((y + 1) * size.width)]
    }

    /// Puts a glyph of one or two columns where it fits; half a wide glyph is never left behind.
    mutating func put(_ glyph: Glyph, x: Int, y: Int, style: Style, clip: Rect) {
        guard y >= clip.y, y < clip.maxY, x >= clip.x, x < clip.maxX else { return }
        guard glyph.width == 2 else {
            set(Cell(glyph.character, style), x: x, y: y)
            return
        }
        guard x + 1 < clip.maxX else {
            set(Cell(" ", style), x: x, y: y)
            return
        }
        set(Cell(glyph.character, style), x: x, y: y)
        set(Cell(" ", style, isContinuation: true), x: x + 1, y: y)
    }

    /// Overwriting one half of a wide glyph blanks the other half.
    private mutating func set(_ cell: Cell, x: Int, y: Int) {
        let index = y * size.width + x
        if cells[index].isContinuation, !cell.isContinuation, x > 0 { cells[index - 1].glyph = " " }
        if x + 1 < size.width, cells[index + 1].isContinuation {
            cells[index + 1] = Cell(" ", cells[index + 1].style)
        }
        cells[index] = cell
    }

    /// Changes the style of what is already drawn in an area, glyphs stay.
    package mutating func restyle(_ area: Rect, _ change: (Style) -> Style) {
        let area = area.intersection(bounds)
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX {
                let index = y * size.width + x
                cells[index].style = change(cells[index].style)
            }
        }
    }

    /// Empties an area.
    package mutating func fill(_ area: Rect, style: Style, glyph: Character = " ") {
        let area = area.intersection(bounds)
        let filling = Glyphs(String(glyph)).first { _ in true } ?? Glyph(character: " ", width: 1)
        guard !area.isEmpty else { return }
        guard filling.width == 1 else {
            for y in area.y..<area.maxY {
                for x in stride(from: area.x, to: area.maxX, by: 2) {
                    put(filling, x: x, y: y, style: style, clip: area)
                }
            }
            return
        }
        let cell = Cell(filling.character, style)
        for y in area.y..<area.maxY {
            // The ends may cut a wide glyph in two; between them nothing has to be inspected.
            set(cell, x: area.x, y: y)
            set(cell, x: area.maxX - 1, y: y)
            let start = y * size.width
            for index in (start + area.x)..<(start + area.maxX) { cells[index] = cell }
        }
    }
}
