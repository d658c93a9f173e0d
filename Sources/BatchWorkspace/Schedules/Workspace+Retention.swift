import BatchDomain
import Foundation
import GRDB

// The executor's part of `keep`: what a schedule keeps of its jobs.
extension Workspace {
    /// Deletes the jobs that their schedules do not keep, with their outputs where that is asked for.
    ///
    /// A job stays while it runs, while it is the baseline of an endpoint, while another job scores its failed files again, and while
    /// its hooks have something to do.
    ///
    /// - Returns: The jobs, each with its schedule.
    package func retireJobs() async throws -> [(schedule: String, job: String)] {
        let now = now()
        let found = try await database.read { db in
            try Schedule.filter(Column("keep") != nil).order(Column("name")).fetchAll(db).flatMap { schedule in
                try Self.expiredJobs(of: schedule, at: now, db).map { (schedule, $0) }
            }
        }
        var retired: [(schedule: String, job: String)] = []
        for (schedule, job) in found {
            let isGone = try await database.write { db in
                guard let record = try JobRecord.filter(Column("name") == job).filter(sql: Self.isFree).fetchOne(db)
                else { return false }
                if schedule.keep?.outputs == true { OutputIdentity.removeOutput(of: record.job, in: folder.job(job)) }
                try forget(record, db)
                return true
            }
            if isGone { retired.append((schedule.name, job)) }
        }
        if !retired.isEmpty { await sweep() }
        return retired
    }

    private static func expiredJobs(of schedule: Schedule, at now: Date, _ db: Database) throws -> [String] {
        guard let keep = schedule.keep else { return [] }
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT job.name, job.endedAt, \(isFree) AS isFree FROM scheduleRun JOIN job ON job.name = scheduleRun.job
                WHERE scheduleRun.schedule = ? ORDER BY scheduleRun.number DESC
                """,
            arguments: [schedule.name]
        )
        let free = Set(rows.filter { $0["isFree"] }.map { $0["name"] as String })
        return keep.expired(rows.map { ($0["name"], $0["endedAt"]) }, at: now).filter(free.contains)
    }

    /// The condition of jobs that nothing needs any more.
    private static let isFree = """
        (
            NOT (job.\(JobState.isUnfinishedSQL))
            AND NOT EXISTS (SELECT 1 FROM endpoint WHERE endpoint.baseline = job.name)
            AND NOT EXISTS (SELECT 1 FROM job AS retry WHERE retry.retryOf = job.name)
            AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.job = job.name AND delivery.state = 'Pending')
        )
        """
}
