import DisplayText

/// A small curve of the latest values, the newest at the right.
package struct Sparkline: Equatable, Sendable {
    /// The values, oldest first.
    package var values: [Double]
    /// The value of the full height; nil for the largest value shown.
    package var ceiling: Double?
    /// The colour of the curve.
    package var role: Role

    /// Shows values.
    package init(_ values: [Double], ceiling: Double? = nil, role: Role = .progress) {
        self.values = values
        self.ceiling = ceiling
        self.role = role
    }

    /// Draws one value a column; more rows make it finer.
    package func draw(in area: Rect, on canvas: inout Canvas, theme: Theme) {
        canvas.fill(area, style: theme[role])
        for (row, text) in rows(width: area.width, height: area.height).enumerated() {
            canvas.line(text, in: area.row(row), style: theme[role], alignment: .trailing)
        }
    }

    /// The curve as text, the top row first: as many columns as there are values, the newest of them in a width.
    package func rows(width: Int, height: Int) -> [String] {
        let shown = values.suffix(width).map { $0.isFinite ? max(0, $0) : 0 }
        let top = ceiling ?? shown.max() ?? 0
        guard top > 0 else { return [] }
        // A value that is not nothing leaves a trace.
        let heights = shown.map { max($0 > 0 ? 1 : 0, Int((min(1, $0 / top) * Double(8 * height)).rounded())) }
        return (0..<height).reversed().map { row in
            String(heights.map { Blocks.eighths[min(8, max(0, $0 - 8 * row))] })
        }
    }
}
