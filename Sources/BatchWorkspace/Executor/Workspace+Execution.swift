package import BatchDomain
import Foundation
import GRDB

extension WorkerStatus: FetchableRecord {}

// The executor's part of the workspace: the only writer of a job once it has left the queue.
extension Workspace {
    /// Takes a job a step on in its life; `cause` says in a sentence why it failed, was canceled or waits.
    @discardableResult
    package func setState(of name: String, to state: JobState, cause: String? = nil) async throws -> Job {
        let now = now()
        let scored = state == .completed ? try await filesToRecord(of: name) : nil
        let job: Job? = try await database.write { db in
            var record = try Self.jobRecord(name, db)
            try record.state.checkTransition(to: state)
            if state == .completed, try !Self.record(scored, of: record.job, db) { return nil }
            let at = try Self.recordTransition(of: name, to: state, at: now, db)
            record.state = state
            record.cause = cause
            record.startedAt = state == .preparing ? record.startedAt ?? at : record.startedAt
            record.endedAt = state.isTerminal ? at : nil
            try record.update(db, columns: ["state", "cause", "startedAt", "endedAt"])
            if state.isTerminal {
                try db.execute(sql: "DELETE FROM workerStatus WHERE job = ?", arguments: [record.sequence])
                try Leftover(path: WorkspaceFolder.work(of: name)).save(db)
                try Self.recordDeliveries(of: record.job, at: now, db)
            }
            // With failed files the rows stay: `retry-failed` makes a complete output of them. Otherwise they are no longer needed,
            // nor those of the jobs that this one has made complete.
            if state == .completed, record.failedFiles == 0 {
                for name in try [name] + Self.completedJobs(before: record.job, db) {
                    try Leftover(path: WorkspaceFolder.segments(of: name)).save(db)
                }
            }
            return record.job
        }
        guard let job else { return try await setState(of: name, to: state, cause: cause) }
        if state.isTerminal { forgetVariables(of: name) }
        return job
    }

    /// Puts jobs that a dead executor held back in the queue, or one of them; returns the names of those.
    package func requeueInterruptedJobs(only name: String? = nil) async throws -> [String] {
        let now = now()
        return try await database.write { db in
            let held: [JobState] = [.preparing, .running, .finalizing, .paused]
            var request = JobRecord.filter(held.map(\.rawValue).contains(Column("state"))).order(Column("sequence"))
            if let name { request = request.filter(Column("name") == name) }
            let records = try request.fetchAll(db)
            for record in records {
                try db.execute(
                    sql: "UPDATE job SET state = 'Queued', cause = NULL WHERE sequence = ?",
                    arguments: [record.sequence]
                )
                try db.execute(sql: "DELETE FROM workerStatus WHERE job = ?", arguments: [record.sequence])
                try Self.recordTransition(of: record.name, to: .queued, at: now, db)
            }
            return records.map(\.name)
        }
    }

    /// Jobs that are not at their end, the oldest first.
    package func unfinishedJobs() async throws -> [Job] {
        try await database.read { db in
            try JobRecord.unfinished
                .order(Column("sequence")).fetchAll(db).map(\.job)
        }
    }

    /// Sets how much work a job is, once its input is listed.
    package func setPlan(of name: String, files: Int, miniBatches: Int) async throws {
        try await database.write { db in
            try db.execute(
                sql: "UPDATE job SET files = ?, miniBatches = ? WHERE name = ?",
                arguments: [files, miniBatches, name]
            )
        }
    }

    /// Adds notes to a job, those that it does not have yet; returns these.
    @discardableResult
    package func addNotes(_ notes: [String], to name: String) async throws -> [String] {
        if notes.isEmpty { return [] }
        return try await database.write { db in
            var record = try Self.jobRecord(name, db)
            var job = record.job
            let added = job.add(notes: notes)
            record.notes = job.notes
            if !added.isEmpty { try record.update(db, columns: ["notes"]) }
            return added
        }
    }

    /// Journals finished mini-batches, whose segments are durable, in one transaction; returns the job's new counts.
    package func journal(_ records: [MiniBatchRecord], of name: String) async throws -> JobCounts {
        try await database.write { db in
            guard let job = try Int64.fetchOne(db, sql: "SELECT sequence FROM job WHERE name = ?", arguments: [name])
            else {
                throw StudioError(.notFound, "There is no job named '\(name)'.")
            }
            let journal = MiniBatchJournal(job: job, db: db)
            for record in records { try journal.add(record) }
            // The counts alone: to decode the job's specification takes longer than the commit.
            let counts = try Row.fetchOne(db.cachedStatement(sql: Self.countsOfJob), arguments: [job])
            return counts.map(JobCounts.init) ?? JobCounts()
        }
    }

    /// The mini-batches of a job that need nothing more.
    package func finishedMiniBatches(of name: String) async throws -> Set<Int> {
        try await database.read { db in
            try Set(
                Int.fetchCursor(
                    db,
                    sql: "SELECT id FROM miniBatch WHERE job = (SELECT sequence FROM job WHERE name = ?)",
                    arguments: [name]
                )
            )
        }
    }

    /// How many files failed in the mini-batches of a job whose rows have a variant of columns.
    package func failedFilesBesideRows(of name: String) async throws -> Int {
        try await database.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT coalesce(sum(failedFiles), 0) FROM miniBatch
                    WHERE job = (SELECT sequence FROM job WHERE name = ?) AND rows > 0 AND columnVariant IS NOT NULL
                    """,
                arguments: [name]
            ) ?? 0
        }
    }

    /// The variant of columns that the first rows of a job's output have; nil where there are no rows, or it is unknown.
    package func firstColumnVariant(of name: String) async throws -> Int? {
        try await database.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT columnVariant FROM miniBatch
                    WHERE job = (SELECT sequence FROM job WHERE name = ?) AND rows > 0 AND columnVariant IS NOT NULL
                    ORDER BY id LIMIT 1
                    """,
                arguments: [name]
            )
        }
    }

    /// The segments of a job, in input order, a page at a time: those after mini-batch `id`, which is -1 for the first page.
    package func segments(
        of name: String,
        after id: Int,
        limit: Int
    ) async throws -> [(id: Int, segment: Segment)] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id, segment, offset, bytes, checksum, rows, profileBytes FROM miniBatch
                    WHERE job = (SELECT sequence FROM job WHERE name = ?) AND id > ? AND segment IS NOT NULL
                    ORDER BY id LIMIT ?
                    """,
                arguments: [name, id, limit]
            ).map { row in
                // By position, as there may be a million.
                let segment = Segment(
                    file: row[1],
                    offset: row[2],
                    bytes: row[3],
                    checksum: row[4],
                    rows: row[5],
                    profileBytes: row[6] ?? 0
                )
                return (row[0], segment)
            }
        }
    }

    /// Replaces the shown state of a job's workers.
    package func setWorkers(_ workers: [WorkerStatus], of name: String) async throws {
        try await database.write { db in
            guard let job = try Int64.fetchOne(db, sql: "SELECT sequence FROM job WHERE name = ?", arguments: [name])
            else {
                return
            }
            try db.execute(sql: "DELETE FROM workerStatus WHERE job = ?", arguments: [job])
            // A cluster's job may have a thousand.
            let insertion = try db.cachedStatement(
                sql: """
                    INSERT INTO workerStatus (
                        job, worker, pid, activity, miniBatch, file, residentBytes, gpus, node, since,
                        rows, bytes, share, attempt, lastError
                    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            )
            for worker in workers {
                try insertion.execute(
                    arguments: [
                        job, worker.worker, worker.pid, worker.activity, worker.miniBatch, worker.file,
                        worker.residentBytes, worker.gpus, worker.node, worker.since, worker.rows, worker.bytes,
                        worker.share, worker.attempt, worker.lastError,
                    ]
                )
            }
        }
    }

    private static let countsOfJob = """
        SELECT miniBatches, files, doneMiniBatches, failedMiniBatches, succeededFiles, failedFiles, rows, bytes
        FROM job WHERE sequence = ?
        """
}
