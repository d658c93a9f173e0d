package import BatchDomain
package import Foundation
import GRDB

// What hooks of jobs have to do is written in the transaction that ends the job, and stays until its end is written: whatever is killed
// when, each is done at least once.
extension Workspace {
    /// The deliveries of a job, in the order of its ends and hooks.
    package func deliveries(of job: String) async throws -> [Delivery] {
        try await database.read { db in
            try Delivery.filter(Column("job") == job).order(Column("createdAt"), Column("id")).fetchAll(db)
        }
    }

    /// True while a delivery has to be made.
    package func hasPendingDeliveries() async throws -> Bool {
        try await database.read { db in try !Self.pendingDeliveries.isEmpty(db) }
    }

    /// True while an executor has a time to wait for: that of a schedule, or of a delivery.
    package func keepsTime() async throws -> Bool {
        if try await hasPendingDeliveries() { return true }
        return try await hasEnabledSchedules()
    }

    /// Makes the deliveries due that a dead executor was making.
    package func requeueInterruptedDeliveries() async throws {
        let now = now()
        try await database.write { db in
            try db.execute(
                sql: "UPDATE delivery SET isRunning = 0, dueAt = ? WHERE state = 'Pending' AND isRunning",
                arguments: [now]
            )
        }
    }

    /// Takes the deliveries that are due, each with a new attempt.
    ///
    /// - Parameter limit: Maximum deliveries that are taken.
    /// - Returns: The deliveries, and when the next one is due.
    /// - Throws: The database's error.
    package func takeDueDeliveries(limit: Int) async throws -> (taken: [Delivery], nextAt: Date?) {
        let now = now()
        // Read first: mostly there is none, and a write would wake everybody who watches the workspace.
        guard try await hasPendingDeliveries() else { return ([], nil) }
        return try await database.write { db in
            let waiting = Self.pendingDeliveries.filter(Column("isRunning") == false)
            // One that is due later than any delay was made before the clock was set back.
            let latest = now.addingTimeInterval(Delivery.longestDelay)
            let due = try waiting.filter(Column("dueAt") <= now || Column("dueAt") > latest).order(Column("dueAt"))
                .limit(limit).fetchAll(db)
            var taken: [Delivery] = []
            for var delivery in due {
                if delivery.attempts > 0, Delivery.delay(after: delivery.attempts) == nil {
                    try Self.end(&delivery, .failed("the executor ended during its last attempt"), at: now, db)
                    continue
                }
                delivery.attempts += 1
                try db.execute(
                    sql: "UPDATE delivery SET attempts = ?, isRunning = 1 WHERE id = ?",
                    arguments: [delivery.attempts, delivery.id]
                )
                taken.append(delivery)
            }
            let nextAt = try waiting.select(min(Column("dueAt")), as: Date.self).fetchOne(db)
            return (taken, nextAt)
        }
    }

    /// Records how an attempt ended.
    ///
    /// - Returns: The delivery as it is then; nil when its job has been deleted.
    package func record(_ outcome: Delivery.Outcome, of id: String) async throws -> Delivery? {
        let now = now()
        return try await database.write { db in
            guard var delivery = try Delivery.fetchOne(db, key: id) else { return nil }
            try Self.end(&delivery, outcome, at: now, db)
            return delivery
        }
    }

    /// Makes a delivery due whose attempt the executor has ended itself: the attempt does not count.
    package func putBack(_ delivery: Delivery) async throws {
        let now = now()
        try await database.write { db in
            try db.execute(
                sql: "UPDATE delivery SET attempts = ?, isRunning = 0, dueAt = ? WHERE id = ?",
                arguments: [delivery.attempts - 1, now, delivery.id]
            )
        }
    }

    /// The key that a webhook's messages are signed with; nil where they are not signed.
    ///
    /// - Throws: ``StudioError`` when it can't be read.
    package func key(of webhook: Webhook, job: String) throws -> String? {
        let found: String?
        switch webhook.secret {
        case nil: return nil
        case .variable(let name): found = try SecretStore(folder).read(.job(job)).hookSecrets?[name]
        case .file(let path):
            found = FileManager.default.contents(atPath: path).map {
                String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .newlines)
            }
        }
        if let found, !found.isEmpty { return found }
        throw StudioError(.file, "The webhook's secret can't be read: \(webhook.secret?.place ?? "").")
    }

    /// Writes down what the hooks of a job have to do, now that it has ended.
    static func recordDeliveries(of job: Job, at now: Date, _ db: Database) throws {
        let hooks = (job.specification.hooks ?? []).filter {
            $0.event.isEnd(job.state, failedFiles: job.counts.failedFiles)
        }
        if hooks.isEmpty { return }
        let run = try ScheduleRun.filter(Column("job") == job.name).fetchOne(db)
        for hook in hooks {
            let id = UUID().uuidString.lowercased()
            let delivery = Delivery(
                id: id,
                job: job.name,
                event: hook.event,
                action: hook.action,
                message: DeliveryMessage(delivery: id, event: hook.event, job: job, run: run),
                createdAt: now,
                dueAt: now
            )
            try delivery.stored(db).insert(db)
        }
    }

    /// What signs the messages of a schedule's jobs: values that are given now, else those kept before.
    ///
    /// - Throws: ``ValidationError`` when there is none for a variable.
    func hookSecrets(of schedule: Schedule) throws -> SecretStore.Secrets {
        let signed = JobHook.variables(of: schedule.job.hooks)
        if signed.isEmpty {
            try Self.checkHooks(schedule.job.hooks, secrets: nil)
            return SecretStore.Secrets()
        }
        let kept = try SecretStore(folder).read(.schedule(schedule.name)).hookSecrets ?? [:]
        let values = kept.merging(schedule.job.hookSecrets ?? [:]) { $1 }.filter { signed.contains($0.key) }
        try Self.checkHooks(schedule.job.hooks, secrets: values)
        return SecretStore.Secrets(hookSecrets: values)
    }

    /// Checks that what hooks need is there: programs that are named by their paths, and secrets.
    ///
    /// - Throws: ``ValidationError`` with everything that is missing.
    static func checkHooks(_ hooks: [JobHook]?, secrets: [String: String]?) throws(ValidationError) {
        let missing = (hooks ?? []).compactMap { hook -> Problem? in
            let key = hook.event.rawValue
            switch hook.action {
            case .command(let arguments, _):
                guard let program = arguments.first, program.contains("/"),
                    !FileManager.default.isExecutableFile(atPath: program)
                else { return nil }
                return Problem(field: key + ".command", value: program, rule: "is no program that can be run")
            case .webhook(let webhook):
                guard case .file(let path) = webhook.secret, !FileManager.default.isReadableFile(atPath: path)
                else { return nil }
                return Problem(
                    field: key + ".webhook.secret",
                    value: "file:\(path)",
                    rule: "is no file that can be read"
                )
            }
        }
        try ValidationError.throwIfAny(missing + JobHook.missingSecrets(secrets, of: hooks))
    }

    private static var pendingDeliveries: QueryInterfaceRequest<Delivery> {
        Delivery.filter(Column("state") == Delivery.State.pending.rawValue)
    }

    private static func end(
        _ delivery: inout Delivery,
        _ outcome: Delivery.Outcome,
        at now: Date,
        _ db: Database
    ) throws {
        delivery.result = outcome.words
        delivery.dueAt = nil
        switch outcome {
        case .delivered: delivery.state = .delivered
        case .failed: delivery.state = .failed
        case .refused:
            delivery.dueAt = Delivery.delay(after: delivery.attempts).map(now.addingTimeInterval)
            delivery.state = delivery.dueAt == nil ? .failed : .pending
        }
        delivery.endedAt = delivery.state == .pending ? nil : now
        try db.execute(
            sql: "UPDATE delivery SET state = ?, result = ?, dueAt = ?, endedAt = ?, isRunning = 0 WHERE id = ?",
            arguments: [
                delivery.state.rawValue, delivery.result, delivery.dueAt, delivery.endedAt, delivery.id,
            ]
        )
    }
}

extension Webhook.Secret {
    /// Where it is, in words.
    fileprivate var place: String {
        switch self {
        case .variable(let name): "there is no value of the variable \(name)"
        case .file(let path): "the file \(path) is empty or can't be read"
        }
    }
}
