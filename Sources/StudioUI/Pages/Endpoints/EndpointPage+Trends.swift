import BatchDomain
import DisplayText
import FoundationEssentials
import TerminalKit

extension EndpointPage {
    /// The last jobs of the endpoint as curves, the newest at the right.
    func trendLines(_ scene: Scene) -> DetailLines {
        var lines = DetailLines()
        guard let trends else {
            lines.text("Loading…", role: .muted)
            return lines
        }
        let runs = trends.runs
        guard let first = runs.first, let last = runs.last else {
            lines.text("No job has ended yet. Press i to create one.", role: .muted)
            return lines
        }
        let rows = TrendRows(width: scene.area.width - 4, count: runs.count)
        lines.heading("Last \(Figures.count(runs.count, "run")), the newest at the right")
        lines.line(rows.title("Ended") + runs.flatMap { rows.cell("\($0.status.glyph)", $0.status.role) })
        if runs.contains(where: \.status.hasDrift) {
            lines.line(
                rows.title("Drift")
                    + runs.flatMap { run in
                        rows.cell(run.status.hasDrift ? "~" : " ", run.status.drift == .warning ? .warning : .muted)
                    }
            )
        }
        lines.line(rows.row("Rows", runs.map { Double($0.rows) }, last: Figures.count(last.rows)))
        lines.line(
            rows.row(
                "Failed",
                runs.map { Double($0.status.failedFiles) },
                last: Figures.count(last.status.failedFiles, "file"),
                role: .warning
            )
        )
        lines.line(rows.row("Duration", runs.map(\.seconds), last: last.seconds.map(Figures.duration) ?? "–"))
        lines.line([
            DetailPart("from \(scene.date(first.endedAt)) to \(scene.date(last.endedAt))", .muted)
        ])
        for column in trends.columns {
            lines.heading(column)
            for series in trends.series(of: column) { lines.line(rows.row(series)) }
        }
        if trends.columns.isEmpty {
            lines.blank()
            lines.text("None of these jobs has a profile of its predictions.", role: .muted)
        }
        return lines
    }
}

/// Rows of a name, a curve and the newest value, under each other.
private struct TrendRows {
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
