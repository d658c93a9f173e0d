import FoundationEssentials
import TerminalKit

/// The errors since the studio was opened, the newest first.
struct ErrorLogPage: Page {
    private var entries: [LoggedError]?
    private var pane = TextPane()

    let route = Route.errorLog
    let title = "Error log"
    var contexts: [KeyContext] { [.text] }
    var queries: [Query] { [.errorLog] }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .errorLog(let entries) = content { self.entries = entries.reversed() }
        return []
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        pane.handle(event, lines(scene), in: scene.withMargin) ? [] : nil
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        pane.draw(lines(scene), in: scene.withMargin, on: &canvas)
    }

    private func lines(_ scene: Scene) -> DetailLines {
        var lines = DetailLines()
        guard let entries, !entries.isEmpty else {
            lines.text("Nothing went wrong since the studio was opened.", role: .muted)
            return lines
        }
        for entry in entries {
            lines.heading("✗ \(scene.time.clock(entry.at))  \(entry.activity)")
            lines.text(entry.text)
        }
        return lines
    }
}
