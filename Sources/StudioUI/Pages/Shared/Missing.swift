import DisplayText
import TerminalKit

extension Scene {
    /// Says in the page's place why nothing is shown.
    func drawMissing(_ failure: Failure, on canvas: inout Canvas, canGoBack: Bool = true) {
        let inside = area.inset(horizontal: 2, vertical: 1)
        let lines = ("✗ " + failure.text).wrapped(to: inside.width) + (canGoBack ? ["", "esc goes back."] : [])
        for (row, line) in lines.prefix(inside.height).enumerated() {
            canvas.line(line, in: inside.row(row), style: theme[row == 0 ? .error : .text])
        }
    }

    /// Says in the page's place that it is on its way.
    func drawLoading(on canvas: inout Canvas) {
        canvas.line("Loading…", in: area.inset(horizontal: 2, vertical: 1), style: theme[.muted])
    }
}
