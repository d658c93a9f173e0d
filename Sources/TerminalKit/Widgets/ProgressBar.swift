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
        canvas.write(spans(width: area.width, theme: theme), x: area.x, y: area.y, clip: area)
    }

    /// The bar and its label as pieces of a line of this width.
    package func spans(width: Int, theme: Theme) -> [Span] {
        let label = text.fitted(to: max(0, width))
        let room = max(0, width - (label.isEmpty ? 0 : label.displayWidth + 1))
        let share = fraction.map { $0.isFinite ? min(1, max(0, $0)) : 0 } ?? 0
        // Whole and half cells: the eighths look torn in many fonts.
        let halves = Int(share * Double(2 * room))
        let done = String(repeating: "━", count: halves / 2) + (halves % 2 == 1 ? "╸" : "")
        let rest = String(repeating: "─", count: room - halves / 2 - halves % 2)
        return [
            Span(done, theme[role]), Span(rest, theme[.border]), Span(label.isEmpty ? "" : " " + label, theme[.text]),
        ]
    }
}
