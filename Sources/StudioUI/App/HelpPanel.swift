import DisplayText
import TerminalKit

/// The keys that work here, from the keymap, with the reason for each that does not.
struct HelpPanel: Equatable {
    private struct Line: Equatable {
        var key: String
        var text: String
        var role: Role
    }

    private let lines: [Line]
    private var pane = TextPane()

    /// Lists what applies where the keyboard is, the innermost first.
    init(_ model: AppModel) {
        var lines: [Line] = []
        var seen: Set<Command> = []
        for context in model.contexts + [.everywhere] {
            let bindings = model.keymap.bindings
                .filter { $0.contexts.contains(context) && $0.isVisible(model) && !model.activeKeys(of: $0).isEmpty }
                .filter { seen.insert($0.command).inserted }
            guard !bindings.isEmpty else { continue }
            if !lines.isEmpty { lines.append(Line(key: "", text: "", role: .text)) }
            lines.append(Line(key: "", text: context.title, role: .title))
            for binding in bindings {
                let danger = binding.isDangerous ? "! " : ""
                let keys = model.activeKeys(of: binding)
                guard !keys.isEmpty else { continue }
                lines.append(
                    Line(key: keys.map(\.description).joined(separator: " "), text: danger + binding.help, role: .text)
                )
                guard let reason = binding.refusal(model) else { continue }
                lines.append(Line(key: "", text: "  not now: " + reason, role: .warning))
            }
        }
        self.lines = lines
    }

    private static func frame(in area: Rect) -> Rect {
        area.centered(width: min(100, area.width - 2), height: area.height - 2)
    }

    /// Scrolls; false when the panel is to be closed.
    mutating func handle(_ event: Event, in area: Rect) -> Bool {
        let frame = Self.frame(in: area)
        let inside = frame.inset(horizontal: 2, vertical: 1)
        let count = text(width: inside.width, theme: nil).count
        if pane.handle(event, lineCount: count, in: inside) { return true }
        if case .mouse(let mouse) = event { return mouse.action != .press(.left) || frame.contains(mouse.position) }
        guard case .key(let key) = event else { return true }
        return ![.escape, .enter, .backspace, "q", "?"].contains(key)
    }

    private func text(width: Int, theme: Theme?) -> [[Span]] {
        let keyWidth = min(18, (lines.map(\.key.displayWidth).max() ?? 0)) + 2
        return lines.flatMap { line -> [[Span]] in
            let style = theme?.style(line.role, on: .panel, line.role == .title ? .bold : []) ?? .plain
            guard line.role != .title else { return [[Span(line.text, style)]] }
            let key = line.key.fitted(to: keyWidth - 1)
            let padded = key + String(repeating: " ", count: max(1, keyWidth - key.displayWidth))
            return line.text.wrapped(to: max(10, width - keyWidth)).enumerated().map { row, text in
                let lead = row == 0 ? padded : String(repeating: " ", count: keyWidth)
                return [Span(lead, theme?.style(.key, on: .panel) ?? .plain), Span(text, style)]
            }
        }
    }

    /// Draws the list over the page.
    func draw(in area: Rect, on canvas: inout Canvas, theme: Theme) {
        let frame = Self.frame(in: area)
        let inside = frame.inset(horizontal: 2, vertical: 1)
        canvas.fill(frame, style: theme.style(.text, on: .panel))
        pane.draw(text(width: inside.width, theme: theme), in: inside, on: &canvas, theme: theme)
        canvas.restyle(frame) { $0.on(theme.style(.text, on: .panel).background) }
        canvas.frame(
            frame,
            style: theme.style(.borderFocus, on: .panel),
            title: "Keys · ↑↓ scroll · esc close",
            titleStyle: theme.style(.title, on: .panel, .bold)
        )
    }
}
