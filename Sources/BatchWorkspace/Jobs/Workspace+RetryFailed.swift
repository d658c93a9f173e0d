package import BatchDomain
import Foundation
import GRDB

extension Workspace {
    /// Queues a new job that scores what an ended one has not: the failed files, and those it never came to.
    ///
    /// The new job has the same mini-batches. Those without a failed file keep their rows, so that the output has the bytes of
    /// a job without failures; the others are scored again as a whole, because a model may see a mini-batch's files together.
    ///
    /// - Throws: ``ValidationError`` for settings; ``StudioError`` when the job runs, when nothing failed, when files whose rows
    ///   are kept have changed, or when the output's place is taken.
    package func retryFailed(_ draft: RetryDraft) async throws -> Job {
        let old = try await job(draft.jobName)
        try Self.checkRetryable(old)
        try database.checkWritable()
        var overrides = draft.overrides
        (overrides.miniBatchSize, overrides.outputAction, overrides.outputFileColumn) = (nil, nil, nil)
        let settings = old.specification.settings.overridden(by: overrides)
        try ValidationError.throwIfAny(settings.problems())
        try settings.checkTakeAllowsRetry(of: old.name)
        let name = UUID().uuidString.lowercased()
        let (from, to, now) = (folder.job(old.name), folder.job(name), now())
        let secrets = SecretStore(folder)
        let kept = try await keptMiniBatches(of: old.name, in: from)
        var generator = SystemRandomNumberGenerator()
        let displayName = DisplayName.random(using: &generator)
        do {
            try RetryFolder(from: from, to: to, splitsFiles: settings.splitFiles != .never).make(
                keeping: kept,
                input: old.specification.input,
                miniBatchSize: settings.miniBatchSize
            )
            var own = try secrets.read(.job(old.name))
            own.variables = draft.variables
            try secrets.write(own, of: .job(name))
            return try await database.write { db in
                try Self.checkModel(of: old, db)
                var job = old
                job.name = name
                job.displayName = displayName
                job.retryOf = old.name
                job.specification.settings = settings
                let input = job.specification.input
                if input.remote != nil, input.path.hasPrefix(from.path + "/") {
                    // The files that are fetched for it are in its own folder.
                    job.specification.input.path = to.path + input.path.dropFirst(from.path.count)
                }
                job.specification.output = try Self.output(of: draft, retrying: old, as: name, settings, db)
                job.state = .queued
                (job.cause, job.startedAt, job.endedAt, job.createdAt) = (nil, nil, nil, now)
                try JobRecord(job).stored(db).insert(db)
                try Self.copyJournal(from: old.name, to: name, keeping: kept, db)
                try Self.recordTransition(of: name, to: .queued, at: now, db)
                return try Self.jobRecord(name, db).job
            }
        } catch {
            try? FileManager.default.removeItem(atPath: to.path)
            secrets.remove(.job(name))
            throw error
        }
    }

    /// The Completed jobs whose failed files a job has scored again, and theirs before them.
    static func completedJobs(before job: Job, _ db: Database) throws -> [String] {
        var names: [String] = []
        var next = job.retryOf
        while let name = next, let job = try JobRecord.filter(Column("name") == name).fetchOne(db)?.job {
            if job.state == .completed { names.append(name) }
            next = job.retryOf
        }
        return names
    }

    private static func checkRetryable(_ job: Job) throws {
        guard job.state.isTerminal else {
            throw StudioError(
                .invalidState,
                "Job \(job.name) is \(job.state.rawValue): its failed files are known when it has ended.",
                advice: "Wait for its end with: batchstudio job stream -n \(job.name)",
                inStudio: "Wait until it has ended."
            )
        }
        if job.counts.failedFiles == 0, let files = job.counts.files, job.counts.succeededFiles == files {
            throw StudioError(
                .invalidState,
                "Nothing failed in job \(job.name): \(files) of \(files) files were scored."
            )
        }
    }

    /// Refuses to mix the rows of a model with those of another one that has taken its name and version.
    static func checkModel(of job: Job, _ db: Database) throws {
        let id = job.specification.model
        let model = try Model.filter(Column("name") == id.name && Column("version") == id.version).fetchOne(db)
        if let model, model.createdAt <= job.createdAt { return }
        throw StudioError(
            .invalidState,
            "Job \(job.name) can't continue: model '\(id.name)' version \(id.version), with which it has scored, "
                + (model == nil ? "is deleted." : "was deleted, and another one is registered under that version."),
            advice: "Score the whole input with a new job: batchstudio batch-endpoint invoke",
            inStudio: "Clone the job to score its whole input again."
        )
    }

    /// The mini-batches whose rows are there and whose files were all scored.
    func keptMiniBatches(of name: String, in folder: JobFolder) async throws -> Set<Int> {
        try await database.read { db in
            guard let job = try Self.jobRecord(name, db).sequence else { return [] }
            return try Set(
                Int.fetchCursor(
                    db,
                    sql: """
                        SELECT id FROM miniBatch WHERE job = ? AND failedFiles = 0 AND segment IS NOT NULL
                            AND (bytes = 0 OR segment IN (SELECT value FROM json_each(?)))
                        """,
                    arguments: [job, try Self.intactSegments(of: job, in: folder, db)]
                )
            )
        }
    }

    private static func copyJournal(from old: String, to new: String, keeping kept: Set<Int>, _ db: Database) throws {
        let columns =
            "segment, offset, bytes, checksum, rows, tries, files, failedFiles, startedAt, seconds, pid, columnVariant, firstPart, "
            + "parts, rowTypes"
        let ids = String(decoding: try JSONEncoder().encode(kept.sorted()), as: UTF8.self)
        try db.execute(
            sql: """
                INSERT INTO miniBatch (job, id, \(columns))
                SELECT (SELECT sequence FROM job WHERE name = ?), id, \(columns) FROM miniBatch
                WHERE job = (SELECT sequence FROM job WHERE name = ?) AND id IN (SELECT value FROM json_each(?))
                """,
            arguments: [new, old, ids]
        )
        try db.execute(
            sql: """
                INSERT INTO wholeFile (job, firstPart)
                SELECT (SELECT sequence FROM job WHERE name = ?), firstPart FROM wholeFile
                WHERE job = (SELECT sequence FROM job WHERE name = ?)
                """,
            arguments: [new, old]
        )
        if let job = try jobRecord(new, db).sequence { try recount(job, db) }
    }

    private static func output(
        of draft: RetryDraft,
        retrying old: Job,
        as name: String,
        _ settings: DeploymentSettings,
        _ db: Database
    ) throws -> JobOutput {
        let before = old.specification.output.location
        let wasDefault = before == DatastorePath(datastore: Datastore.defaultName, path: old.name + "/score")
        let location =
            draft.output
            ?? (wasDefault ? DatastorePath(datastore: Datastore.defaultName, path: name + "/score") : before)
        return try output(at: location, settings: settings, db)
    }
}
