import DisplayText
import TerminalKit

/// A piece of text with its colour.
struct DetailPart: Equatable {
    var text: String
    var role: Role
    var isBold: Bool

    init(_ text: String, _ role: Role = .text, isBold: Bool = false) {
        (self.text, self.role, self.isBold) = (text, role, isBold)
    }

    func span(_ theme: Theme) -> Span { Span(text, theme.style(role, on: .background, isBold ? .bold : [])) }
}

/// A small table within details; its last columns go where there is no room.
struct DetailTable: Equatable {
    var titles: [String]
    var rows: [[DetailPart]]
    /// The columns of numbers, which are aligned at their right edge.
    var numbers: Set<Int>

    /// Maximum width of a column.
    private static let maxWidth = 40

    init(_ titles: [String], _ rows: [[DetailPart]], numbers: Set<Int> = []) {
        (self.titles, self.rows, self.numbers) = (titles, rows, numbers)
    }

    /// The titles, muted, and the rows below.
    func lines(width: Int, theme: Theme) -> [[Span]] {
        let all = [titles.map { DetailPart($0, .muted) }] + rows
        let columns = all.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            min(Self.maxWidth, all.map { column < $0.count ? $0[column].text.displayWidth : 0 }.max() ?? 0)
        }
        return all.map { row in
            var spans = [Span("  ", theme[.text])]
            var left = width - 2
            for (column, part) in row.enumerated() {
                let gap = column == 0 ? 0 : 2
                // The first column is cut rather than left out.
                guard left - gap >= min(widths[column], column == 0 ? 1 : 6) else { break }
                let room = min(widths[column], left - gap)
                let text = part.text.fitted(to: room)
                let pad = String(repeating: " ", count: max(0, room - text.displayWidth))
                var shown = part
                shown.text = String(repeating: " ", count: gap) + (numbers.contains(column) ? pad + text : text + pad)
                spans.append(shown.span(theme))
                left -= gap + room
            }
            return spans
        }
    }
}
