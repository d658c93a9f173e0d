package import BatchDomain
package import Foundation
import GRDB

// The executor's part of schedules. A run, its job and the schedule's next time are written in one transaction: whatever is killed when, each
// time has one run, and each run one job at most.
extension Workspace {
    /// Starts the jobs of all schedules that are due, and of runs that waited.
    ///
    /// - Parameter counts: The files of schedules that score what is new, or why they can't be listed.
    /// - Returns: The runs that have been recorded, when the next schedule is due, and those that are due once their files are counted.
    /// - Throws: The database's error.
    package func takeDueRuns(
        _ counts: [String: Result<NewFileCount, StudioError>] = [:]
    ) async throws -> (runs: [ScheduleRun], nextAt: Date?, uncounted: [Schedule]) {
        var taken: [ScheduleRun] = []
        var uncounted: [Schedule] = []
        for (schedule, isBusy) in try await dueSchedules() {
            if schedule.isNewOnly, !isBusy, counts[schedule.name] == nil {
                uncounted.append(schedule)
            } else {
                taken += try await takeRuns(of: schedule.name, counts[schedule.name])
            }
        }
        let others = uncounted.map(\.name)
        let nextAt = try await database.read { db in
            try Schedule.filter(Column("isEnabled") == true && !others.contains(Column("name")))
                .select(min(Column("nextAt")), as: Date.self).fetchOne(db)
        }
        return (taken, nextAt, uncounted)
    }

    /// Starts a job of a schedule now, whatever its trigger says.
    ///
    /// - Parameters:
    ///   - name: The schedule.
    ///   - count: Its files, where it scores what is new; without new ones the run has no job.
    /// - Returns: The run.
    /// - Throws: ``StudioError`` or ``ValidationError`` when the job can't be submitted.
    package func triggerSchedule(_ name: String, _ count: NewFileCount? = nil) async throws -> ScheduleRun {
        let now = now()
        return try await database.write { db in
            let schedule = try Self.schedule(name, db)
            var run = try Self.newRun(of: schedule, dueAt: now, cause: .user, db)
            if let count, count.new == 0 {
                (run.outcome, run.reason) = (.nothingNew, count.nothingNew)
            } else {
                run.job = try submit(run, of: schedule, at: now, db)
                run.outcome = .started
            }
            try run.insert(db)
            return run
        }
    }

    /// The schedules that are due, or have a run that waits, and whether their last run is not over.
    private func dueSchedules() async throws -> [(schedule: Schedule, isBusy: Bool)] {
        let now = now()
        return try await database.read { db in
            try Schedule.fetchAll(
                db,
                sql: """
                    SELECT * FROM schedule WHERE isEnabled AND (
                        nextAt <= ? OR EXISTS (
                            SELECT 1 FROM scheduleRun WHERE schedule = schedule.name AND outcome = 'Waiting'
                        )
                    ) ORDER BY name
                    """,
                arguments: [now]
            ).map { ($0, try Self.isBusy($0, db)) }
        }
    }

    private func takeRuns(of name: String, _ count: Result<NewFileCount, StudioError>?) async throws -> [ScheduleRun] {
        let now = now()
        return try await database.write { db in
            guard var schedule = try Schedule.fetchOne(db, key: name), schedule.isEnabled else { return [] }
            var taken: [ScheduleRun] = []
            let waiting = try ScheduleRun.filter(Column("schedule") == name && Column("outcome") == "Waiting")
                .order(Column("number")).fetchOne(db)
            if var run = waiting, try !Self.isBusy(schedule, db) {
                try start(&run, of: &schedule, count, at: now, db)
                try run.update(db)
                taken.append(run)
            }
            if let first = schedule.nextAt, first <= now {
                schedule.nextAt = schedule.trigger.next(after: now)
                let due = DueTimes(from: first, to: now, of: schedule.trigger, catchUp: schedule.catchUp)
                for time in due.runs where schedule.isEnabled {
                    taken.append(try take(time, of: &schedule, others: due.others, count, at: now, db))
                }
                if let missed = due.missed {
                    var run = try Self.newRun(of: schedule, dueAt: missed, cause: .time, db)
                    run.outcome = .missed
                    run.reason = Self.missedReason(due.others)
                    try run.insert(db)
                    taken.append(run)
                }
            }
            try schedule.update(db)
            return taken
        }
    }

    /// Records the run of a time: with its job, or why there is none.
    private func take(
        _ time: Date,
        of schedule: inout Schedule,
        others: Int,
        _ count: Result<NewFileCount, StudioError>?,
        at now: Date,
        _ db: Database
    ) throws -> ScheduleRun {
        var run = try Self.newRun(of: schedule, dueAt: time, cause: .time, db)
        if others > 0 { run.reason = "It stands for \(Figures.count(others, "other time")) that passed before." }
        if try Self.isBusy(schedule, db) {
            switch schedule.overlap {
            case .queue: run.outcome = .waiting
            case .skip:
                run.outcome = .skipped
                run.reason = "The run before was not over."
            }
        } else {
            try start(&run, of: &schedule, count, at: now, db)
        }
        try run.insert(db)
        return run
    }

    /// Submits a run's job, unless nothing is new; a schedule whose endpoint or deployment is gone is disabled, with the reason.
    func start(
        _ run: inout ScheduleRun,
        of schedule: inout Schedule,
        _ count: Result<NewFileCount, StudioError>?,
        at now: Date,
        _ db: Database
    ) throws {
        if case .success(let count)? = count, count.new == 0 {
            (run.outcome, run.reason) = (.nothingNew, count.nothingNew)
            return
        }
        do {
            if case .failure(let error)? = count { throw error }
            let dated = run
            let current = schedule
            try db.inSavepoint {
                run.job = try submit(dated, of: current, at: now, db)
                return .commit
            }
            run.outcome = .started
        } catch let error as StudioError {
            run.outcome = .failed
            run.reason = error.message
            guard error.code == .notFound || error.code == .invalidState else { return }
            schedule.isEnabled = false
            schedule.disabledReason = error.message
            schedule.nextAt = nil
        } catch let error as DatabaseError {
            throw error
        } catch {
            run.outcome = .failed
            run.reason = "\(error)"
        }
    }

    private func submit(_ run: ScheduleRun, of schedule: Schedule, at now: Date, _ db: Database) throws -> String {
        var invocation = schedule.invocation
        let zone = schedule.timeZone.zone
        func filled(_ text: String?) -> String? {
            text.map { RunName.filled($0, run: run.number, due: run.dueAt, in: zone) }
        }
        invocation.hookSecrets = try SecretStore(folder).read(.schedule(schedule.name)).hookSecrets
        invocation.jobName = filled(invocation.jobName)
        invocation.displayName = filled(invocation.displayName) ?? "\(schedule.name)-\(run.number)"
        if let path = invocation.output?.path { invocation.output?.path = filled(path) ?? path }
        return try submit(invocation, at: now, db).job.name
    }

    static func newRun(
        of schedule: Schedule,
        dueAt: Date,
        cause: ScheduleRun.Cause,
        _ db: Database
    ) throws -> ScheduleRun {
        let last = try Int.fetchOne(
            db,
            sql: "SELECT max(number) FROM scheduleRun WHERE schedule = ?",
            arguments: [schedule.name]
        )
        return ScheduleRun(
            schedule: schedule.name,
            number: (last ?? 0) + 1,
            dueAt: dueAt,
            cause: cause,
            outcome: .waiting
        )
    }

    /// True while a run of the schedule is not over, or waits.
    static func isBusy(_ schedule: Schedule, _ db: Database) throws -> Bool {
        let jobs = try String.fetchAll(
            db,
            sql: "SELECT job FROM scheduleRun WHERE schedule = ? AND job IS NOT NULL ORDER BY number DESC LIMIT 100",
            arguments: [schedule.name]
        )
        return try !JobRecord.unfinished.filter(jobs.contains(Column("name"))).isEmpty(db)
    }

    private static func missedReason(_ times: Int) -> String {
        "\(Figures.count(times, "time")) passed while no executor ran; catch_up is none."
    }
}
