import FoundationEssentials
import TerminalKit

/// The messages since the studio was opened, the newest first.
struct MessagesPage: Page {
    private var entries: [KeptMessage]?
    private var pane = TextPane()

    let route = Route.messages
    let title = "Messages"
    var contexts: [KeyContext] { [.text] }
    var queries: [Query] { [.messages] }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .messages(let entries) = content { self.entries = entries.reversed() }
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
            lines.text("There was no message since the studio was opened.", role: .muted)
            return lines
        }
        for entry in entries {
            let sign = Toast(entry.text, role: entry.role).sign
            let activity = entry.activity.isEmpty ? "" : "  " + entry.activity
            lines.blank()
            lines.line([
                DetailPart(sign + " ", entry.role, isBold: true), DetailPart(scene.time.clock(entry.at), .muted),
                DetailPart(activity, .title, isBold: true),
            ])
            lines.text(entry.text)
        }
        return lines
    }
}
