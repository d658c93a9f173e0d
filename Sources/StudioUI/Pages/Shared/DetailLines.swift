import DisplayText
import TerminalKit

/// Names and values under headings, as details pages show them; wrapped to the width they are drawn in.
struct DetailLines: Equatable {
    /// A piece of a details page.
    enum Item: Equatable {
        case heading(String)
        case field(String, String, Role)
        case text(String, Role)
        /// Pieces of one line that is not wrapped.
        case line([DetailPart])
        case bar(Double?, String, Role)
        case table(DetailTable)
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

    /// Adds a line of pieces in their own colours, cut off where it does not fit.
    mutating func line(_ parts: [DetailPart]) {
        items.append(.line(parts))
    }

    /// Adds a bar with its label.
    mutating func bar(_ fraction: Double?, _ label: String, role: Role) {
        items.append(.bar(fraction, label, role))
    }

    /// Adds an empty line.
    mutating func blank() {
        if !items.isEmpty { items.append(.blank) }
    }

    /// Adds a small table.
    mutating func table(_ titles: [String], _ rows: [[String]]) {
        table(DetailTable(titles, rows.map { $0.map { DetailPart($0) } }))
    }

    /// Adds a small table with colours of its own.
    mutating func table(_ table: DetailTable) {
        items.append(.table(table))
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
            case .line(let parts): return [parts.map { $0.span(theme) }]
            case .bar(let fraction, let label, let role):
                return [ProgressBar(fraction, label: label, role: role).spans(width: width, theme: theme)]
            case .table(let table): return table.lines(width: width, theme: theme)
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
