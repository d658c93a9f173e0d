package import FoundationEssentials

/// One time at which a schedule was due.
package struct ScheduleRun: Equatable, Sendable, Codable {
    /// What has made it due.
    package enum Cause: String, Sendable, Codable {
        case time
        /// Files that arrived.
        case arrival
        /// A user, with `schedule trigger`.
        case user
    }

    /// What came of it.
    package enum Outcome: String, CaseIterable, Sendable, Codable {
        /// It waits for the run before.
        case waiting = "Waiting"
        /// It has started a job.
        case started = "Started"
        /// The run before was not over.
        case skipped = "Skipped"
        /// All files were scored before.
        case nothingNew = "NothingNew"
        /// It was missed, and is not caught up.
        case missed = "Missed"
        /// Its job could not be submitted.
        case failed = "Failed"
    }

    /// The schedule.
    package var schedule: String
    /// Its number, from 1.
    package var number: Int
    /// The time at which it was due.
    package var dueAt: Date
    /// What has made it due.
    package var cause: Cause
    /// What came of it.
    package var outcome: Outcome
    /// Its job; nil where there is none.
    package var job: String?
    /// Why there is no job, or how many times this run stands for.
    package var reason: String?

    package init(
        schedule: String,
        number: Int,
        dueAt: Date,
        cause: Cause,
        outcome: Outcome,
        job: String? = nil,
        reason: String? = nil
    ) {
        self.schedule = schedule
        self.number = number
        self.dueAt = dueAt
        self.cause = cause
        self.outcome = outcome
        self.job = job
        self.reason = reason
    }
}
