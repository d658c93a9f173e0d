package import BatchDomain
import BatchWorkspace

extension Studio {
    /// The schedules by name, each with its last run.
    package func scheduleOverviews() async throws -> [ScheduleOverview] { try await workspace.scheduleOverviews() }

    /// The last runs of a schedule with their jobs, the newest first.
    package func runOverviews(of schedule: String, limit: Int) async throws -> [ScheduleRunOverview] {
        try await workspace.runOverviews(of: schedule, limit: limit)
    }

    /// The schedules whose jobs an endpoint scores, by name.
    package func schedules(of endpoint: String) async throws -> [Schedule] {
        try await workspace.schedules(of: endpoint)
    }

    /// The run that has started a job; nil where a user has.
    package func scheduleRun(of job: String) async throws -> ScheduleRun? { try await workspace.scheduleRun(of: job) }
}
