import BatchDomain
import FoundationEssentials

/// A schedule with what surrounds it.
struct ScheduleContent: Equatable, Sendable {
    /// The schedule.
    var schedule: Schedule
    /// Its last runs, the newest first.
    var runs: [ScheduleRunOverview]
    /// The next times of its trigger, also where it is disabled.
    var times: [Date]

    /// Maximum runs of the strip.
    static let stripRuns = 30
    /// Maximum runs of the table.
    static let maxRuns = 500
    /// The number of next times.
    static let nextTimes = 5
}
