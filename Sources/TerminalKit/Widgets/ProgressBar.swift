import DisplayText

/// A bar that fills from left to right, with its share beside it.
package struct ProgressBar: Equatable, Sendable {
    /// The finished part, 0 to 1; nil while it is unknown.
    package var fraction: Double?
    /// The text right of the bar instead of the percentage.
    package var label: String?
    /// The colour of what is done.
    package var role: Role

    /// Shows a share.
    package init(_ fraction: Double?, label: String? = nil, role: Role = .progress) {
        self.fraction = fraction
        self.label = label
        self.role = role
    }

    /// Done is never shown before it is: 99.9 % is 99 %.
    private var text: String {
        if let label { return label }
        guard let fraction, fraction.isFinite else { return "" }
        return "\(Int(min(1, max(0, fraction)) * 100)) %"
    }

    /// Draws the bar in one row.
    package func draw(in area: Rect, on canvas: inout Canvas, theme: Theme) {
        let area = area.row(0)
        let text = text
        let (bar, rest) = area.splitRight(text.isEmpty ? 0 : text.displayWidth + 1)
        canvas.line(text, in: rest, style: theme[.text], alignment: .trailing)
        let share = fraction.map { $0.isFinite ? min(1, max(0, $0)) : 0 } ?? 0
        // Whole and half cells: the eighths look torn in many fonts.
        let halves = Int(share * Double(2 * bar.width))
        for column in 0..<bar.width {
            let filled = halves - 2 * column
            let glyph = filled >= 2 ? "━" : filled == 1 ? "╸" : "─"
            let style = filled >= 1 ? theme[role] : theme[.border]
            canvas.write(glyph, x: bar.x + column, y: bar.y, style: style, clip: bar)
        }
    }
}
