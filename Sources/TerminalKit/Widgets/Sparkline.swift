/// A small curve of the latest values, the newest at the right.
package struct Sparkline: Equatable, Sendable {
    /// The values, oldest first.
    package var values: [Double]
    /// The value of the full height; nil for the largest value shown.
    package var ceiling: Double?
    /// The colour of the curve.
    package var role: Role

    private static let steps = Array(" ▁▂▃▄▅▆▇█")

    /// Shows values.
    package init(_ values: [Double], ceiling: Double? = nil, role: Role = .progress) {
        self.values = values
        self.ceiling = ceiling
        self.role = role
    }

    /// Draws one value a column; more rows make it finer.
    package func draw(in area: Rect, on canvas: inout Canvas, theme: Theme) {
        canvas.fill(area, style: theme[role])
        let shown = values.suffix(area.width).map { $0.isFinite ? max(0, $0) : 0 }
        let top = ceiling ?? shown.max() ?? 0
        guard top > 0 else { return }
        for (column, value) in shown.enumerated() {
            // A value that is not nothing leaves a trace.
            let height = max(value > 0 ? 1 : 0, Int((min(1, value / top) * Double(8 * area.height)).rounded()))
            for row in 0..<area.height {
                let filled = min(8, max(0, height - 8 * row))
                guard filled > 0 else { break }
                canvas.write(
                    String(Self.steps[filled]),
                    x: area.maxX - shown.count + column,
                    y: area.maxY - 1 - row,
                    style: theme[role],
                    clip: area
                )
            }
        }
    }
}
