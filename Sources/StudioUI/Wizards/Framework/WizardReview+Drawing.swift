import DisplayText
import TerminalKit

extension WizardPage {
    /// A line on screen and the row it belongs to.
    typealias ReviewLine = (row: Int, spans: [Span])

    func drawReview(in area: Rect, _ scene: Scene, on canvas: inout Canvas) {
        let rows = reviewRows(withScript: !scene.hasPane)
        let theme = scene.theme
        let lines = reviewLines(rows, width: area.width, theme: theme)
        let first = cursor.firstLine(lines.map(\.row), of: rows, height: area.height)
        let selected = cursor.row(in: rows)
        for (index, line) in lines.dropFirst(first).prefix(area.height).enumerated() {
            let place = area.row(index)
            guard line.row == selected else {
                canvas.write(line.spans, x: place.x, y: place.y, clip: place)
                continue
            }
            let style = theme.style(.selectionText, on: .selection)
            canvas.fill(place, style: style)
            canvas.write(line.spans.map { Span($0.text, style) }, x: place.x, y: place.y, clip: place)
        }
        guard first + area.height < lines.count else { return }
        canvas.line("…", in: area.row(area.height - 1), style: theme[.muted], alignment: .trailing)
    }

    func reviewLines(_ rows: [WizardReviewRow], width: Int, theme: Theme) -> [ReviewLine] {
        rows.enumerated().flatMap { index, row in
            Self.lines(row, width: max(1, width), theme: theme).map { (row: index, spans: $0) }
        }
    }

    private static func lines(_ row: WizardReviewRow, width: Int, theme: Theme) -> [[Span]] {
        switch row {
        case .heading(let title):
            return [[Span(title, theme.style(.title, .bold))]]
        case .text(let text, let role):
            return text.wrapped(to: width).map { [Span($0, theme[role])] }
        case .code(let line):
            return [[Span("  " + line, theme[.text])]]
        case .value(_, _, let label, let text, let isDefault, let problem):
            let room = min(31, max(12, width / 2))
            let shown = "  " + label.fitted(to: room - 3)
            let lead = shown + String(repeating: " ", count: max(0, room - shown.displayWidth))
            let role: Role = isDefault ? .muted : .text
            let mark = isDefault && text != "–" ? "  default" : ""
            let value = (text + mark).fitted(to: max(1, width - room))
            let line = [Span(lead, theme[.muted]), Span(value, theme[role])]
            let below = problem.map { ("✗ " + $0).wrapped(to: max(1, width - 4)) } ?? []
            return [line] + below.map { [Span("    " + $0, theme[.error])] }
        }
    }
}
