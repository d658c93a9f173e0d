import DisplayText

/// How the lines of a log stand in an area: times, origins, then the text, which may take several rows.
struct LogLayout {
    private static let maxSourceWidth = 14

    private let log: LogRows
    private let wraps: Bool
    /// Columns of the time, with a space after it.
    let timeWidth: Int
    /// Columns of the origin, with a space after it.
    let sourceWidth: Int
    /// Columns of the text.
    let textWidth: Int

    init(_ log: LogRows, of view: LogView, width: Int) {
        self.log = log
        wraps = view.wraps
        let time = view.showsTimes ? log.rows.last?.time.displayWidth ?? 0 : 0
        timeWidth = time == 0 ? 0 : time + 1
        // Of all rows, so that the text stands still while one scrolls; they are few widths.
        let source = log.rows.reduce(0) { max($0, $1.source.utf8.count) }
        sourceWidth = source == 0 ? 0 : min(source, Self.maxSourceWidth) + 1
        textWidth = max(8, width - timeWidth - sourceWidth)
    }

    /// The rows that a line takes.
    func height(of line: Int) -> Int {
        guard wraps else { return 1 }
        let text = log.rows[line].text
        // Bytes are at least as many as columns.
        return text.utf8.count <= textWidth ? 1 : parts(of: line).count
    }

    /// The parts of a line's text, a row each.
    func parts(of line: Int) -> [Substring] {
        let text = log.rows[line].text
        guard wraps, text.utf8.count > textWidth else { return [text[...]] }
        var parts: [Substring] = []
        var start = text.startIndex
        var width = 0
        // Behind the last space of the row, and the columns up to there.
        var word: (start: String.Index, width: Int)?
        for index in text.indices {
            let columns = text[index].isASCII ? 1 : String(text[index]).displayWidth
            // A space at the end of a row is not seen.
            if width + columns > textWidth, text[index] != " " {
                let end = word.map(\.start) ?? index
                parts.append(text[start..<end])
                (start, width, word) = (end, word.map { width - $0.width } ?? 0, nil)
            }
            width += columns
            if text[index] == " " { word = (text.index(after: index), width) }
        }
        parts.append(text[start...])
        return parts
    }
}
