package import BatchDomain
import GRDB

extension Workspace {
    /// The schedules by name, each with its last run.
    package func scheduleOverviews() async throws -> [ScheduleOverview] {
        let (schedules, runs) = try await database.read { db in
            let runs = try ScheduleRun.fetchAll(
                db,
                // From the schedules: a history may be long.
                sql: """
                    SELECT scheduleRun.* FROM schedule JOIN scheduleRun ON scheduleRun.schedule = schedule.name
                        AND scheduleRun.number = (SELECT max(number) FROM scheduleRun WHERE schedule = schedule.name)
                    """
            )
            return (try Schedule.order(Column("name")).fetchAll(db), runs)
        }
        let overviews = try await overviews(of: runs)
        return schedules.map { schedule in
            ScheduleOverview(schedule, lastRun: overviews.first { $0.run.schedule == schedule.name })
        }
    }

    /// The last runs of a schedule with their jobs, the newest first.
    package func runOverviews(of schedule: String, limit: Int) async throws -> [ScheduleRunOverview] {
        try await overviews(of: try await runs(of: schedule, limit: limit))
    }

    private func overviews(of runs: [ScheduleRun]) async throws -> [ScheduleRunOverview] {
        let jobs = try await jobOverviews(named: runs.compactMap(\.job))
        let byName = Dictionary(jobs.map { ($0.name, $0) }) { first, _ in first }
        return runs.map { run in ScheduleRunOverview(run, job: run.job.flatMap { byName[$0] }) }
    }
}
