package import BatchDomain
import Foundation
import GRDB

extension Workspace {
    /// The job of that name.
    package func job(_ name: String) async throws -> Job {
        try await database.read { db in try Self.jobRecord(name, db).job }
    }

    /// Jobs, the newest first.
    package func jobs(_ filter: JobFilter = JobFilter()) async throws -> [Job] {
        try await database.read { db in
            try Self.request(filter).limit(filter.limit ?? -1, offset: filter.offset).fetchAll(db).map(\.job)
        }
    }

    /// How many jobs a filter without its limit finds.
    package func jobCount(_ filter: JobFilter = JobFilter()) async throws -> Int {
        try await database.read { db in try Self.request(filter).fetchCount(db) }
    }

    /// Returns whether any job is unfinished: then an executor is needed.
    package func hasUnfinishedJobs() async throws -> Bool {
        try await database.read { db in
            try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM job WHERE \(JobState.isUnfinishedSQL))"
            ) ?? false
        }
    }

    /// The steps of a job's life so far, in order.
    package func transitions(of job: String) async throws -> [JobTransition] {
        try await database.read { db in
            let record = try Self.jobRecord(job, db)
            return try Row.fetchAll(
                db,
                sql: "SELECT * FROM jobTransition WHERE job = ? ORDER BY rowid",
                arguments: [record.sequence]
            ).compactMap { row in
                JobState(rawValue: row["state"]).map { state in
                    JobTransition(
                        state: state,
                        at: row["at"],
                        finishedMiniBatches: row["finishedMiniBatches"],
                        rows: row["rows"]
                    )
                }
            }
        }
    }

    /// Files of a job that failed, each with its reason, in input order.
    package func failures(
        of job: String,
        _ filter: FailureFilter = FailureFilter(),
        limit: Int? = nil,
        offset: Int = 0
    ) async throws -> [FileFailure] {
        try await database.read { db in
            let condition = Self.condition(filter)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT failedFile.* FROM failedFile JOIN job ON job.sequence = failedFile.job
                    WHERE job.name = ? AND \(condition.sql) ORDER BY miniBatch, failedFile.sequence LIMIT ? OFFSET ?
                    """,
                arguments: [job] + condition.arguments + [limit ?? -1, offset]
            ).map { row in
                FileFailure(
                    file: row["file"],
                    miniBatch: row["miniBatch"],
                    type: row["type"],
                    message: row["message"],
                    traceback: row["traceback"],
                    attempt: row["attempt"]
                )
            }
        }
    }

    /// How many failed files of a job match a filter.
    package func failureCount(of job: String, _ filter: FailureFilter) async throws -> Int {
        try await database.read { db in
            let condition = Self.condition(filter)
            return try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM failedFile JOIN job ON job.sequence = failedFile.job
                    WHERE job.name = ? AND \(condition.sql)
                    """,
                arguments: [job] + condition.arguments
            ) ?? 0
        }
    }

    private static func condition(_ filter: FailureFilter) -> (sql: String, arguments: StatementArguments) {
        var sql = filter.miniBatch == nil ? "1" : "miniBatch = ?"
        var arguments = StatementArguments(filter.miniBatch.map { [$0] } ?? [])
        if let file = filter.file {
            sql += " AND file = ?"
            arguments += [file]
        }
        for word in filter.text.split(separator: " ") {
            let condition = WordCondition(word, in: "file || ' ' || type || ' ' || message")
            sql += " AND " + condition.sql
            arguments += condition.arguments
        }
        return (sql, arguments)
    }

    /// The activity of a job's workers at this moment.
    package func workers(of job: String) async throws -> [WorkerStatus] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT workerStatus.*, \(WorkerStatus.isCounted) AS isCounted
                    FROM workerStatus JOIN job ON job.sequence = workerStatus.job
                    WHERE job.name = ? ORDER BY worker
                    """,
                arguments: [job]
            ).map { row in
                var worker = try WorkerStatus(row: row)
                if row["isCounted"] { (worker.rows, worker.bytes, worker.share) = (nil, nil, nil) }
                return worker
            }
        }
    }

    /// Asks for the end of a job; the executor stops it and sets it to Canceled.
    ///
    /// - Throws: ``StudioError`` with code `invalidState` when it has ended already, or its output is being put in place.
    package func requestCancel(of name: String) async throws -> Job {
        let now = now()
        return try await database.write { db in
            var record = try Self.jobRecord(name, db)
            if record.state == .cancelRequested { return record.job }
            guard record.state.successors.contains(.cancelRequested) else {
                throw StudioError(
                    .invalidState,
                    record.state.isTerminal
                        ? "Job \(name) is \(record.state.rawValue) already: there is nothing to cancel."
                        : "Job \(name) is \(record.state.rawValue): it is too late to cancel it."
                )
            }
            record.state = .cancelRequested
            try record.update(db, columns: ["state"])
            try Self.recordTransition(of: name, to: .cancelRequested, at: now, db)
            return record.job
        }
    }

    static func jobRecord(_ name: String, _ db: Database) throws -> JobRecord {
        if let record = try JobRecord.filter(Column("name") == name).fetchOne(db) { return record }
        throw StudioError(
            .notFound,
            "There is no job named '\(name)'.",
            advice: "List them with: batchstudio job list",
            inStudio: "The page of jobs lists those there are."
        )
    }

    /// Notes a step of a job's life; returns its time, which is not before that of the last step: the system's clock may have been set
    /// back since, and no state lasts less than no time.
    @discardableResult
    static func recordTransition(of job: String, to state: JobState, at date: Date, _ db: Database) throws -> Date {
        let last = try Date.fetchOne(
            db,
            sql: "SELECT max(at) FROM jobTransition WHERE job = (SELECT sequence FROM job WHERE name = ?)",
            arguments: [job]
        )
        let at = max(date, last ?? date)
        try db.execute(
            sql: """
                INSERT INTO jobTransition (job, state, at, finishedMiniBatches, rows)
                SELECT sequence, ?, ?, doneMiniBatches + failedMiniBatches, rows FROM job WHERE name = ?
                """,
            arguments: [state.rawValue, at, job]
        )
        return at
    }

    private static func request(_ filter: JobFilter) -> QueryInterfaceRequest<JobRecord> {
        var request = JobRecord.filter(sql: filter.visibility.condition).order(Column("sequence").desc)
        if let endpoint = filter.endpointName { request = request.filter(Column("endpointName") == endpoint) }
        if let deployment = filter.deploymentName { request = request.filter(Column("deploymentName") == deployment) }
        return request
    }
}
