internal import CNcursesw
internal import Glibc

/// Hands canvases to ncurses, row by row, and only the rows that differ from the last canvas.
final class CellPainter {
    let colors: ColorDepth
    private let colorCount: Int
    private var pairs: [ColorPair: Int32] = [:]
    private var shown: Canvas?
    private var line: [cchar_t] = []
    private let batchesLargeFrames: Bool

    private struct ColorPair: Hashable {
        var foreground: Int32
        var background: Int32
    }

    init(allowsColor: Bool) {
        // alloc_pair() crashes where start_color() did not succeed: TERM=dumb, vt100.
        let hasColors = allowsColor && has_colors() && start_color() == OK
        if hasColors { use_default_colors() }
        // COLORS is 0 before start_color().
        colorCount = Int(ncurses_colors())
        colors =
            switch (hasColors, colorCount) {
            case (false, _): .none
            case (true, 257...): .direct
            case (true, 256): .indexed
            default: .ansi
            }
        // tmux sends the whole pane for every such frame (3.7b: 9,800 bytes where 49 do), or ignores it.
        batchesLargeFrames = getenv("TMUX") == nil
    }

    /// Marks the screen as unknown: the next frame paints all of it.
    func forget() {
        shown = nil
    }

    func paint(_ canvas: Canvas, size: Size) {
        let isFresh = shown?.size != canvas.size
        if isFresh { clearok(ncurses_shown_screen(), true) }
        if isFresh { werase(ncurses_screen()) }
        for y in 0..<min(size.height, canvas.size.height) {
            let row = canvas.row(y)
            if let shown, !isFresh, shown.row(y) == row { continue }
            paint(row.prefix(size.width), y: y)
        }
        showCursor(canvas.cursor, size: size)
        wnoutrefresh(ncurses_screen())
        flush(isFresh: isFresh)
        shown = canvas
    }

    /// Large frames arrive at once where the terminal can hold them back (mode 2026).
    private func flush(isFresh: Bool) {
        let batches = isFresh && batchesLargeFrames
        if batches { TerminalModes.batch(true) }
        doupdate()
        if batches { TerminalModes.batch(false) }
    }

    private func showCursor(_ cursor: Point?, size: Size) {
        guard let cursor, Rect(size).contains(cursor) else {
            curs_set(0)
            return
        }
        wmove(ncurses_screen(), Int32(cursor.y), Int32(cursor.x))
        curs_set(1)
    }

    private func paint(_ row: ArraySlice<Cell>, y: Int) {
        if line.count < row.count { line = Array(repeating: cchar_t(), count: row.count) }
        var count = 0
        var last: (style: Style, attributes: attr_t, pair: Int32)?
        for cell in row where !cell.isContinuation {
            if last?.style != cell.style {
                last = (cell.style, attributes(of: cell.style), pair(for: cell.style))
            }
            guard let last else { continue }
            setCell(count, cell.glyph, last.attributes, last.pair)
            count += 1
        }
        mvwadd_wchnstr(ncurses_screen(), Int32(y), 0, line, Int32(count))
    }

    private func setCell(_ index: Int, _ glyph: Character, _ attributes: attr_t, _ pair: Int32) {
        // One base, up to three marks, the end.
        var text: (wchar_t, wchar_t, wchar_t, wchar_t, wchar_t) = (0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &text) { bytes in
            let places = bytes.bindMemory(to: wchar_t.self)
            if let ascii = glyph.asciiValue {
                places[0] = wchar_t(ascii)
            } else {
                for (place, scalar) in zip(0..<4, glyph.unicodeScalars) { places[place] = wchar_t(scalar.value) }
                // Another libc may know less than our table, and the rest of the row would shift.
                if wcwidth(places[0]) < 0 { places[0] = 0x3f }
            }
            _ = ncurses_setcchar(&line[index], places.baseAddress, attributes, pair)
        }
    }
}

// MARK: Styles

extension CellPainter {
    private func attributes(of style: Style) -> attr_t {
        let known: [(Style.Attributes, attr_t)] = [
            (.bold, NCURSES_BOLD), (.dim, NCURSES_DIM), (.reverse, NCURSES_REVERSE),
            (.underline, NCURSES_UNDERLINE), (.italic, NCURSES_ITALIC),
        ]
        return known.reduce(0) { sum, pair in style.attributes.contains(pair.0) ? sum | pair.1 : sum }
    }

    private func pair(for style: Style) -> Int32 {
        guard colors != .none else { return 0 }
        let key = ColorPair(foreground: number(of: style.foreground), background: number(of: style.background))
        if key.foreground < 0, key.background < 0 { return 0 }
        if let pair = pairs[key] { return pair }
        // When its table is full, ncurses gives the oldest pair away, which this cache would not notice.
        if pairs.count >= 30_000 {
            pairs = [:]
            reset_color_pairs()
        }
        let pair = max(0, alloc_pair(key.foreground, key.background))
        pairs[key] = pair
        return pair
    }

    private func number(of color: Color) -> Int32 {
        switch (color, colors) {
        case (.standard, _): return -1
        case (.rgb(let rgb), .direct): return direct(rgb)
        case (.rgb(let rgb), .indexed): return Int32(rgb.nearestIndexed)
        case (.rgb(let rgb), _): return Int32(rgb.nearestANSI(of: colorCount))
        // 0 to 7 are the user's colours there too; for the others there is no name.
        case (.indexed(let index), .direct): return index < 8 ? Int32(index) : direct(RGB(indexed: index))
        case (.indexed(let index), .indexed): return Int32(index)
        case (.indexed(let index), _):
            let ansi = index < 16 ? index : RGB(indexed: index).nearestANSI(of: colorCount)
            return Int32(ansi) % Int32(max(1, colorCount))
        }
    }

    /// `-direct` terminals take 0 to 7 as the user's palette.
    private func direct(_ rgb: RGB) -> Int32 {
        max(8, Int32(rgb.red) << 16 | Int32(rgb.green) << 8 | Int32(rgb.blue))
    }
}
