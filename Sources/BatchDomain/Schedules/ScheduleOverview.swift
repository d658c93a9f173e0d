/// A schedule with its last run, as lists show it.
package struct ScheduleOverview: Equatable, Sendable {
    /// The schedule.
    package var schedule: Schedule
    /// The run that was due last; nil before the first.
    package var lastRun: ScheduleRunOverview?

    package init(_ schedule: Schedule, lastRun: ScheduleRunOverview? = nil) {
        self.schedule = schedule
        self.lastRun = lastRun
    }
}
