import DisplayText
import TerminalKit

/// Names and values under headings, as details pages show them; wrapped to the width they are drawn in.
struct DetailLines: Equatable {
    /// A piece of a details page.
    enum Item: Equatable {
        case heading(String)
        case field(String, String, Role)
        case text(String, Role)
        /// Cells of a small table, the first row its titles.
        case table([[String]])
        case blank
    }

    private(set) var items: [Item] = []

    /// Maximum bytes of a value that are shown: lines are wrapped again with each key.
    static let maxValueLength = 20_000

    /// Begins a group.
    mutating func heading(_ title: String) {
        if !items.isEmpty { items.append(.blank) }
        items.append(.heading(title))
    }

    /// Adds a name with its value.
    mutating func field(_ name: String, _ value: String, role: Role = .text) {
        items.append(.field(name, value.isEmpty ? "–" : Self.cut(value), value.isEmpty ? .muted : role))
    }

    /// Adds a line that is only read.
    mutating func text(_ text: String, role: Role = .text) {
        items.append(.text(Self.cut(text), role))
    }

    private static func cut(_ value: String) -> String {
        let rest = value.utf8.count - maxValueLength
        guard rest > 0 else { return value }
        return String(decoding: value.utf8.prefix(maxValueLength), as: UTF8.self)
            + "\n… and \(rest) bytes more, on the command line."
    }

    /// Adds a small table.
    mutating func table(_ titles: [String], _ rows: [[String]]) {
        items.append(.table([titles] + rows))
    }

    /// Adds names with values, sorted; says so when there are none.
    mutating func labels(_ title: String, _ labels: [String: String]) {
        guard !labels.isEmpty else { return field(title, "") }
        for (index, label) in labels.sorted(by: { $0.key < $1.key }).enumerated() {
            field(index == 0 ? title : "", "\(label.key) = \(label.value)")
        }
    }

    private var nameWidth: Int {
        let widths = items.map { item in
            if case .field(let name, _, _) = item { name.displayWidth } else { 0 }
        }
        return min(28, widths.max() ?? 0) + 2
    }

    /// The lines in a width.
    func lines(width: Int, theme: Theme) -> [[Span]] {
        // In a narrow place a value stands below its name.
        let isStacked = width < 44
        let indent = isStacked ? 2 : nameWidth
        return items.flatMap { item -> [[Span]] in
            switch item {
            case .blank: return [[]]
            case .heading(let title): return [[Span(title, theme.style(.title, .bold))]]
            case .text(let text, let role):
                return text.wrapped(to: max(8, width)).map { [Span($0, theme[role])] }
            case .table(let rows): return Self.table(rows, width: width, theme: theme)
            case .field(let name, let value, let role):
                let shown = name.fitted(to: isStacked ? width : indent - 1)
                let values = value.wrapped(to: max(8, width - indent))
                let gap = String(repeating: " ", count: indent)
                if isStacked {
                    let rest = values.map { [Span(gap + $0, theme[role])] }
                    return (name.isEmpty ? [] : [[Span(shown, theme[.muted])]]) + rest
                }
                let lead = shown + String(repeating: " ", count: max(0, indent - shown.displayWidth))
                return values.enumerated().map { row, text in
                    [Span(row == 0 ? lead : gap, theme[.muted]), Span(text, theme[role])]
                }
            }
        }
    }

    private static func table(_ rows: [[String]], width: Int, theme: Theme) -> [[Span]] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            min(40, rows.map { column < $0.count ? $0[column].displayWidth : 0 }.max() ?? 0)
        }
        return rows.enumerated().map { index, row in
            let text = row.enumerated().map { column, cell in
                let cell = cell.fitted(to: widths[column])
                return cell + String(repeating: " ", count: widths[column] - cell.displayWidth)
            }
            .joined(separator: "  ")
            return [Span("  " + text.fitted(to: max(0, width - 2)), index == 0 ? theme[.muted] : theme[.text])]
        }
    }
}

extension TextPane {
    /// Scrolls details by keys and wheel; returns whether the event was used.
    mutating func handle(_ event: Event, _ details: DetailLines, in scene: Scene) -> Bool {
        let area = scene.area.inset(horizontal: 2)
        return handle(event, lineCount: details.lines(width: area.width, theme: scene.theme).count, in: area)
    }

    /// Draws details with a margin.
    func draw(_ details: DetailLines, in scene: Scene, on canvas: inout Canvas) {
        let area = scene.area.inset(horizontal: 2)
        draw(details.lines(width: area.width, theme: scene.theme), in: area, on: &canvas, theme: scene.theme)
    }
}
