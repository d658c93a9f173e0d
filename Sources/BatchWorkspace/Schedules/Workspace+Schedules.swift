package import BatchDomain
import GRDB

extension Workspace {
    /// Makes a schedule, or changes the one of that name as `az ml schedule create` does.
    ///
    /// - Throws: ``ValidationError`` for its values; ``StudioError`` when a job of it could not be submitted now.
    package func save(_ schedule: Schedule) async throws -> Schedule {
        try ValidationError.throwIfAny(schedule.problems())
        let now = now()
        return try await database.write { db in
            var saved = schedule
            // They may be secrets; a run has those of the executor.
            saved.job.variables = nil
            let secrets = try hookSecrets(of: schedule)
            saved.job.hookSecrets = nil
            if let old = try Schedule.fetchOne(db, key: schedule.name) { saved.createdAt = old.createdAt }
            _ = try Self.specification(of: schedule.invocation, jobName: "check", folder: folder, db)
            saved.nextAt = saved.isEnabled ? saved.trigger.next(after: now) : nil
            saved.updatedAt = now
            try SecretStore(folder).write(secrets, of: .schedule(schedule.name))
            try saved.upsert(db)
            return saved
        }
    }

    /// The schedule of that name.
    package func schedule(_ name: String) async throws -> Schedule {
        try await database.read { db in try Self.schedule(name, db) }
    }

    /// The schedules, by name.
    package func schedules() async throws -> [Schedule] {
        try await database.read { db in try Schedule.order(Column("name")).fetchAll(db) }
    }

    /// The schedules whose jobs an endpoint scores, by name.
    package func schedules(of endpoint: String) async throws -> [Schedule] {
        try await schedules().filter { $0.job.endpointName == endpoint }
    }

    /// True while a schedule can start a job.
    package func hasEnabledSchedules() async throws -> Bool {
        try await database.read { db in try !Schedule.filter(Column("isEnabled") == true).isEmpty(db) }
    }

    /// True while jobs have not ended, or a schedule can start some.
    package func needsExecutor() async throws -> Bool {
        if try await hasUnfinishedJobs() { return true }
        return try await keepsTime()
    }

    /// Lets a schedule start jobs, or not; an enabled one starts with the next of its times.
    package func setEnabled(_ isEnabled: Bool, schedule name: String) async throws -> Schedule {
        let now = now()
        return try await database.write { db in
            var schedule = try Self.schedule(name, db)
            if schedule.isEnabled == isEnabled { return schedule }
            schedule.isEnabled = isEnabled
            schedule.disabledReason = nil
            schedule.nextAt = isEnabled ? schedule.trigger.next(after: now) : nil
            schedule.updatedAt = now
            try schedule.update(db)
            return schedule
        }
    }

    /// Deletes a schedule and its history; its jobs stay.
    package func deleteSchedule(_ name: String) async throws {
        let secrets = SecretStore(folder)
        try await database.write { db in
            try Self.schedule(name, db).delete(db)
            secrets.remove(.schedule(name))
        }
    }

    /// The last runs of a schedule, the newest first.
    package func runs(of schedule: String, limit: Int) async throws -> [ScheduleRun] {
        try await database.read { db in
            try ScheduleRun.filter(Column("schedule") == schedule).order(Column("number").desc).limit(limit)
                .fetchAll(db)
        }
    }

    /// The run that has started a job; nil where a user has.
    package func scheduleRun(of job: String) async throws -> ScheduleRun? {
        try await database.read { db in try ScheduleRun.filter(Column("job") == job).fetchOne(db) }
    }

    static func schedule(_ name: String, _ db: Database) throws -> Schedule {
        if let schedule = try Schedule.fetchOne(db, key: name) { return schedule }
        let names = try String.fetchAll(db, sql: "SELECT name FROM schedule ORDER BY name")
        throw StudioError(
            .notFound,
            names.isEmpty
                ? "There is no schedule named '\(name)'; there is none at all."
                : "There is no schedule named '\(name)'; there is \(names.joined(separator: ", ")).",
            advice: "Make it with: batchstudio schedule create -f schedule.yml",
            inStudio: "Choose another one, or create it."
        )
    }
}
