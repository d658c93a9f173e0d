package import TerminalKit

extension Canvas {
    /// The glyphs, one line a row, without blanks at the ends.
    package var plainText: String {
        (0..<size.height).map { y in
            Self.trimmed(String(row(y).lazy.filter { !$0.isContinuation }.map(\.glyph)), of: " ")
        }
        .joined(separator: "\n")
    }

    /// The glyphs, a layer of letters for the styles and a legend, so that a wrong colour fails a golden file too.
    package var styledText: String {
        var letters: [Style: Character] = [.plain: "."]
        var legend: [String] = []
        let names = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        let layer = (0..<size.height).map { y in
            let line = row(y).map { cell in
                if let letter = letters[cell.style] { return letter }
                let letter = names[legend.count % names.count]
                letters[cell.style] = letter
                legend.append("\(letter) \(cell.style)")
                return letter
            }
            return Self.trimmed(String(line), of: ".")
        }
        let shownCursor = cursor.map { "cursor \($0.x),\($0.y)" } ?? "no cursor"
        return ([plainText, "── styles", layer.joined(separator: "\n"), "── legend"] + legend + [shownCursor])
            .joined(separator: "\n") + "\n"
    }

    private static func trimmed(_ line: String, of blank: Character) -> String {
        var line = line
        while line.last == blank { line.removeLast() }
        return line
    }
}
