package import BatchDomain
import GRDB

// Schedules whose jobs are started by arriving files. As for times, a run and its job are written in one transaction, together with the files
// that have made it due: those that fail start no second job, and are scored with the next files that arrive.
extension Workspace {
    /// The enabled schedules of arriving files, and whether their last run is not over.
    package func arrivalSchedules() async throws -> [(schedule: Schedule, isBusy: Bool)] {
        try await database.read { db in
            try Schedule.filter(Column("isEnabled") == true).order(Column("name")).fetchAll(db)
                .filter { $0.trigger.arrival != nil }.map { ($0, try Self.isBusy($0, db)) }
        }
    }

    /// The job that a schedule would start now; its input may not be there yet.
    ///
    /// - Throws: ``StudioError`` when its endpoint or deployment is gone.
    package func specification(ofScheduled schedule: Schedule) async throws -> JobSpecification {
        try await database.read { db in
            try Self.specification(of: schedule.invocation, jobName: "check", folder: folder, db)
        }
    }

    /// Starts the job of files that have arrived.
    ///
    /// - Parameters:
    ///   - name: The schedule.
    ///   - files: The files.
    /// - Returns: The run; nil when it has none: the last one is not over, or a run has taken the files.
    /// - Throws: The database's error.
    package func takeArrivalRun(of name: String, _ files: [FileDigest]) async throws -> ScheduleRun? {
        let now = now()
        let sorted = files.sorted()
        return try await database.write { db in
            guard var schedule = try Schedule.fetchOne(db, key: name), schedule.isEnabled,
                schedule.trigger.arrival != nil,
                try !Self.isBusy(schedule, db), let scope = try Self.scope(of: schedule, db).number(db)
            else { return nil }
            let new = try DigestTable.newPositions(among: sorted, in: scope, notTakenBy: name, db).map { sorted[$0] }
            if new.isEmpty { return nil }
            var run = try Self.newRun(of: schedule, dueAt: now, cause: .arrival, db)
            run.reason = "\(Figures.count(new.count, "file")) arrived."
            try start(&run, of: &schedule, nil, at: now, db)
            try run.insert(db)
            try schedule.update(db)
            // What has been scored since, or by another model version, need not be kept.
            try db.execute(
                sql: """
                    DELETE FROM takenFile WHERE schedule = :schedule AND (scope <> :scope OR EXISTS (
                        SELECT 1 FROM knownFile WHERE knownFile.scope = takenFile.scope AND knownFile.digest = takenFile.digest
                    ))
                    """,
                arguments: ["schedule": name, "scope": scope]
            )
            try DigestTable.addTaken(new, by: name, in: scope, db)
            return run
        }
    }

    /// Notes why a schedule's input can't be listed now; nil when it can.
    ///
    /// - Returns: Whether that is new.
    package func setRemark(_ remark: String?, of schedule: String) async throws -> Bool {
        if try await self.schedule(schedule).remark == remark { return false }
        return try await database.write { db in
            try db.execute(
                sql: "UPDATE schedule SET remark = :remark WHERE name = :name AND remark IS NOT :remark",
                arguments: ["remark": remark, "name": schedule]
            )
            return db.changesCount > 0
        }
    }

    /// Disables a schedule that can't start a job any more.
    package func disable(_ name: String, because reason: String) async throws {
        try await database.write { db in
            guard var schedule = try Schedule.fetchOne(db, key: name), schedule.isEnabled else { return }
            (schedule.isEnabled, schedule.disabledReason, schedule.nextAt) = (false, reason, nil)
            try schedule.update(db)
        }
    }
}
