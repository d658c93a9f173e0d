import BatchDomain
import TerminalKit

/// The speed of a job over its time: a curve with an axis, in rows a second.
struct JobChart {
    /// Rows of the curve, without its axis.
    private static let height = 3
    /// Minimum seconds that are worth a curve.
    private static let minSeconds = 5
    /// Mini-batches that a point is the mean of: one alone ends in some seconds and not in others.
    private static let smoothing = 8.0

    private let values: [Double]
    private let mean: Double

    /// - Parameters:
    ///   - rows: Rows in each second, the newest last.
    ///   - miniBatches: Mini-batches that ended in that time.
    init(rows: [Double], miniBatches: Int) {
        mean = rows.isEmpty ? 0 : rows.reduce(0, +) / Double(rows.count)
        let seconds = miniBatches > 0 ? Self.smoothing * Double(rows.count) / Double(miniBatches) : 1
        values = Self.smoothed(rows, over: max(1, min(60, Int(seconds.rounded(.up)))))
    }

    /// The mean of the values up to each one.
    private static func smoothed(_ values: [Double], over count: Int) -> [Double] {
        var sum = 0.0
        return values.indices.map { index in
            sum += values[index]
            if index >= count { sum -= values[index - count] }
            return max(0, sum) / Double(min(index + 1, count))
        }
    }

    /// The lines in a width; one that says so where the time is too short.
    func lines(width: Int, theme: Theme) -> [[Span]] {
        guard values.count >= Self.minSeconds else {
            return [[Span("Rows/s  ", theme[.muted]), Span("too short to chart", theme[.muted])]]
        }
        let top = values.max() ?? 0
        let topLabel = Figures.rate(top)
        let labelWidth = max(6, topLabel.count)
        let plot = max(8, width - labelWidth - 2)
        let columns = Self.sampled(values, to: plot)
        let curve = Sparkline(columns, ceiling: top).rows(width: columns.count, height: Self.height)
        let head = [
            Span("Rows/s  ", theme[.muted]), Span("now ", theme[.muted]),
            Span(Figures.rate(values.last ?? 0), theme[.text]), Span("  mean ", theme[.muted]),
            Span(Figures.rate(mean), theme[.text]),
        ]
        let rows = (0..<Self.height).map { row in
            let label = row == 0 ? topLabel : row == Self.height - 1 ? "0" : ""
            let gap = String(repeating: " ", count: labelWidth - label.count)
            let line = row < curve.count ? curve[row] : ""
            return [Span(gap + label + (label.isEmpty ? " │" : " ┤"), theme[.muted]), Span(line, theme[.progress])]
        }
        let length = Figures.duration(Double(values.count))
        // Of a longer job these are its last minutes.
        let (start, end) = values.count < JobSpeed.maxSeconds ? ("0 s", length) : ("-" + length, "0 s")
        let space = String(repeating: " ", count: max(1, columns.count - start.count - end.count))
        let indent = String(repeating: " ", count: labelWidth + 2)
        return [head] + rows + [[Span(indent + start + space + end, theme[.muted])]]
    }

    /// The values as so many columns at most, each the mean of those that it stands for.
    private static func sampled(_ values: [Double], to width: Int) -> [Double] {
        guard values.count > width else { return values }
        return (0..<width).map { column in
            let part = values[column * values.count / width..<(column + 1) * values.count / width]
            return part.reduce(0, +) / Double(part.count)
        }
    }
}
