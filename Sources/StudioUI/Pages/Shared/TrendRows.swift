import BatchDomain
import DisplayText
import TerminalKit

/// Rows of a name, a curve and the newest value, under each other.
struct TrendRows {
    private let nameWidth: Int
    /// Cells of a run.
    private let span: Int

    /// - Parameters:
    ///   - width: The room of a row.
    ///   - count: The runs.
    init(width: Int, count: Int) {
        nameWidth = width < 60 ? 10 : 16
        // Names, and values of some twenty characters, need room as well.
        span = max(1, min(3, (width - nameWidth - 24) / max(1, count)))
    }

    func title(_ name: String) -> [DetailPart] {
        let shown = name.fitted(to: nameWidth - 1)
        return [DetailPart(shown + String(repeating: " ", count: nameWidth - shown.displayWidth), .muted)]
    }

    func cell(_ text: String, _ role: Role) -> [DetailPart] {
        [DetailPart(text + String(repeating: " ", count: span - 1), role, isBold: true)]
    }

    func row(_ name: String, _ values: [Double?], last: String, role: Role = .progress) -> [DetailPart] {
        title(name) + [DetailPart(curve(values, from: 0, to: nil), role), DetailPart("  " + last)]
    }

    func row(_ series: EndpointTrends.Series) -> [DetailPart] {
        let known = series.values.compactMap { $0 }
        guard let low = known.min(), let high = known.max() else { return title(series.name) }
        let text = { (value: Double) -> String in
            series.isShare ? Figures.percent(value) : ColumnProfile.number(value)
        }
        var last = "–"
        if let value = series.values.last ?? nil {
            last = text(value)
            if let deviation = series.deviations?.last ?? nil { last += " ± " + ColumnProfile.number(deviation) }
        }
        let range = low == high ? "" : "  \(text(low)) to \(text(high))"
        // Means are drawn from the least to the greatest one: their zero may be far away.
        let from: Double = series.isShare ? 0 : low - (high - low) / 7
        let to: Double = series.isShare ? 1 : high
        return title("  " + series.name)
            + [DetailPart(curve(series.values, from: from, to: to), .progress), DetailPart("  " + last)]
            + [DetailPart(range, .muted)]
    }

    /// The values as bars; nothing where there is none.
    private func curve(_ values: [Double?], from low: Double, to high: Double?) -> String {
        let top = high ?? values.compactMap { $0 }.max() ?? 0
        return values.map { String(repeating: bar($0, from: low, to: top), count: span) }.joined()
    }

    private func bar(_ value: Double?, from low: Double, to top: Double) -> Character {
        guard let value, value.isFinite, value > low || (low == top && low != 0) else { return " " }
        let share: Double = top > low ? min(1, (value - low) / (top - low)) : 1
        // A value that is not nothing leaves a trace.
        return Blocks.eighths[max(1, Int((share * 8).rounded()))]
    }
}
