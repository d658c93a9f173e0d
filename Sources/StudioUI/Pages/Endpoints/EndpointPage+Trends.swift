import BatchDomain
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
