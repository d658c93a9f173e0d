import DisplayText

/// A short message in the status bar that goes away by itself.
package struct Toast: Equatable, Sendable {
    /// Its text.
    package var text: String
    /// Its kind: `.success`, `.info`, `.warning` or `.error`.
    package var role: Role
    /// How long it is still shown.
    package var remaining: Duration

    /// Says something, errors for longer.
    package init(_ text: String, role: Role = .info, lasting: Duration? = nil) {
        self.text = text
        self.role = role
        remaining = lasting ?? .seconds(role == .error ? 10 : 4)
    }

    /// The sign before the text, so that colour is not the only one.
    package var sign: String {
        switch role {
        case .success: "✓"
        case .error: "✗"
        case .warning: "!"
        default: "●"
        }
    }
}

/// The message in the status bar, one line at the bottom of the screen.
package struct Toasts: Equatable, Sendable {
    /// The message that is shown; nil where there is none.
    package private(set) var current: Toast?

    /// Begins without one.
    package init() {}

    /// True when nothing is shown, so that no tick is needed.
    package var isEmpty: Bool { current == nil }

    /// Shows a message in the place of the one before.
    package mutating func show(_ toast: Toast) { current = toast }

    /// Advances the time: call it for each `Input.tick`.
    package mutating func advance(by elapsed: Duration) {
        current?.remaining -= elapsed
        if let current, current.remaining <= .zero { self.current = nil }
    }

    /// Takes the message away.
    package mutating func dismiss() { current = nil }

    /// Draws the message in one row; one that is cut says which key shows all of it.
    package func draw(in area: Rect, moreKey: String, on canvas: inout Canvas, theme: Theme) {
        guard let current else { return }
        let area = area.row(0)
        canvas.fill(area, style: theme.style(.text, on: .panel))
        let text = current.text.split(whereSeparator: \.isNewline).joined(separator: " ")
        let more = " · \(moreKey) shows all"
        let inside = area.inset(horizontal: 1).splitLeft(2).rest
        let isCut = text.displayWidth > inside.width
        let (line, rest) = inside.splitRight(isCut ? more.displayWidth : 0)
        let sign = theme.style(current.role, on: .panel, .bold)
        canvas.write(current.sign, x: area.x + 1, y: area.y, style: sign, clip: area)
        canvas.line(text, in: line, style: theme.style(.text, on: .panel))
        canvas.line(more, in: rest, style: theme.style(.muted, on: .panel))
    }
}
