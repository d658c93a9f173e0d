package import BatchDomain
import BatchWorkspace

extension Studio {
    /// The schedules by name, each with its last run.
    package func scheduleOverviews() async throws -> [ScheduleOverview] { try await workspace.scheduleOverviews() }

    /// The last runs of a schedule with their jobs, the newest first.
    package func runOverviews(of schedule: String, limit: Int) async throws -> [ScheduleRunOverview] {
        try await workspace.runOverviews(of: schedule, limit: limit)
    }

    /// The run that has started a job; nil where a user has.
    package func scheduleRun(of job: String) async throws -> ScheduleRun? { try await workspace.scheduleRun(of: job) }
}
