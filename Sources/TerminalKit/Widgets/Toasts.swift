import DisplayText

/// A short message that goes away by itself.
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
    var sign: String {
        switch role {
        case .success: "✓"
        case .error: "✗"
        case .warning: "!"
        default: "●"
        }
    }
}

/// The messages shown now, in the lower right corner, the newest lowest.
package struct Toasts: Equatable, Sendable {
    /// The messages, oldest first.
    package private(set) var items: [Toast] = []

    /// Begins without any.
    package init() {}

    /// True when nothing is shown, so that no tick is needed.
    package var isEmpty: Bool { items.isEmpty }

    /// Shows a message; the same one again only lasts longer.
    package mutating func show(_ toast: Toast) {
        items.removeAll { $0.text == toast.text && $0.role == toast.role }
        items.append(toast)
        if items.count > 4 { items.removeFirst() }
    }

    /// Advances the time: call it for each `Input.tick`.
    package mutating func advance(by elapsed: Duration) {
        for index in items.indices { items[index].remaining -= elapsed }
        items.removeAll { $0.remaining <= .zero }
    }

    /// Takes the newest message away.
    package mutating func dismiss() {
        _ = items.popLast()
    }

    /// Draws the messages over what is there.
    package func draw(in area: Rect, on canvas: inout Canvas, theme: Theme) {
        let width = min(60, area.width - 2)
        guard width > 6 else { return }
        var bottom = area.maxY
        for toast in items.reversed() {
            let lines = toast.text.wrapped(to: width - 6).prefix(4)
            let textWidth = lines.map(\.displayWidth).max() ?? 0
            let box = Rect(
                x: area.maxX - textWidth - 7,
                y: bottom - lines.count - 2,
                width: textWidth + 6,
                height: lines.count + 2
            )
            guard box.y >= area.y else { return }
            canvas.fill(box, style: theme.style(.text, on: .panel))
            canvas.frame(box, style: theme.style(toast.role, on: .panel))
            let signStyle = theme.style(toast.role, on: .panel, .bold)
            canvas.write(toast.sign, x: box.x + 2, y: box.y + 1, style: signStyle, clip: area)
            for (row, line) in lines.enumerated() {
                let style = theme.style(.text, on: .panel)
                canvas.write(line, x: box.x + 4, y: box.y + 1 + row, style: style, clip: area)
            }
            bottom = box.y
        }
    }
}
