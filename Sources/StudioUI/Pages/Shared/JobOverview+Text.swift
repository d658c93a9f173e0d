import BatchDomain
import FoundationEssentials

extension JobOverview {
    /// The status with what matters most in it: `● Running 42 %`.
    var stateText: String {
        guard state == .running, let fraction = progress.fraction else { return status.label }
        return status.label + " " + Figures.percent(fraction)
    }

    /// The status in a narrow column, beside the one with the failed files: `! Completed`, `● Running 42 %`.
    var shortStatus: String { state == .running ? stateText : "\(status.glyph) \(state.words)" + status.driftMark }

    /// The part of the input that is scored, or was when it ended half-way: `42 %`, `100 files`, `at 7 %`.
    var progressText: String {
        guard let fraction = progress.fraction else { return "–" }
        if state == .completed { return counts.files.map { Figures.count($0, "file") } ?? "–" }
        guard state.isTerminal else { return Figures.percent(fraction) }
        return 0 < fraction && fraction < 1 ? "at " + Figures.percent(fraction) : "–"
    }

    /// How long it ran, or has run until now; nil while it waits.
    func duration(now: Date) -> Double? {
        startedAt.map { max(0, (endedAt ?? now).timeIntervalSince($0)) }
    }

    /// The duration for a table.
    func durationText(now: Date) -> String { duration(now: now).map(Figures.duration) ?? "–" }
}
