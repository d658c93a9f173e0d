import BatchDomain
import FoundationEssentials

extension JobOverview {
    /// The state with what matters most in it: `● Running 42 %`.
    var stateText: String {
        guard state == .running, let fraction = counts.fraction else { return state.label }
        return state.label + " " + Figures.percent(fraction)
    }

    /// How long it ran, or has run until now; nil while it waits.
    func duration(now: Date) -> Double? {
        startedAt.map { max(0, (endedAt ?? now).timeIntervalSince($0)) }
    }

    /// The duration for a table.
    func durationText(now: Date) -> String { duration(now: now).map(Figures.duration) ?? "–" }
}
