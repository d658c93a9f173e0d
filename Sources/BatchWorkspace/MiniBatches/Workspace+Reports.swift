package import BatchDomain
package import Foundation
import GRDB

/// The report of a mini-batch in its final state.
package struct MiniBatchReport: Equatable, Sendable {
    /// The mini-batch, counted from 0 in input order.
    package var id: Int
    /// Tries it took.
    package var attempts: Int
    /// Its files.
    package var files: Int
    /// How many of them failed.
    package var failedFiles: Int
    /// When the last try began.
    package var startedAt: Date
    /// Seconds that the last try took.
    package var seconds: Double
    /// The process that ran the last try.
    package var pid: Int
    /// True when all attempts failed.
    package var isFailed: Bool
    /// The kind of its first error.
    package var errorType: String?
    /// Its first error.
    package var errorMessage: String?
}

extension Workspace {
    /// Goes through the failed files of a job in input order, without their tracebacks; never all of them are in memory.
    package func reduceFailures<Result: Sendable>(
        of job: String,
        into initial: Result,
        _ update: @escaping @Sendable (inout Result, FileFailure) throws -> Void
    ) async throws -> Result {
        let sql = """
            SELECT file, miniBatch, type, message, attempt FROM failedFile
            WHERE job = (SELECT sequence FROM job WHERE name = ?) ORDER BY miniBatch, file, sequence
            """
        return try await reduce(sql, of: job, into: initial) { result, row in
            let failure = FileFailure(file: row[0], miniBatch: row[1], type: row[2], message: row[3], attempt: row[4])
            try update(&result, failure)
        }
    }

    /// Goes through the mini-batches of a job that need nothing more, in input order; never all of them are in memory.
    package func reduceMiniBatches<Result: Sendable>(
        of job: String,
        into initial: Result,
        _ update: @escaping @Sendable (inout Result, MiniBatchReport) throws -> Void
    ) async throws -> Result {
        let sql = """
            SELECT miniBatch.id, tries, files, failedFiles, startedAt, seconds, pid, segment IS NULL AS isFailed,
                type, CASE isTemplate WHEN 0 THEN text ELSE replace(text, char(57345), file) END
            FROM miniBatch LEFT JOIN fileFailure AS failure ON failedFiles > 0 AND failure.sequence =
                (SELECT min(sequence) FROM fileFailure AS one
                    WHERE one.job = miniBatch.job AND one.miniBatch = miniBatch.id)
            LEFT JOIN failureText ON failureText.id = failure.message
            WHERE miniBatch.job = (SELECT sequence FROM job WHERE name = ?) ORDER BY miniBatch.id
            """
        return try await reduce(sql, of: job, into: initial) { result, row in
            let report = MiniBatchReport(
                id: row[0],
                attempts: row[1],
                files: row[2],
                failedFiles: row[3],
                startedAt: row[4],
                seconds: row[5],
                pid: row[6],
                isFailed: row[7],
                errorType: row[8],
                errorMessage: row[9]
            )
            try update(&result, report)
        }
    }

    /// Goes through rows, which are read by position: there may be a million, and looking for a name takes longer than all else.
    private func reduce<Result: Sendable>(
        _ sql: String,
        of job: String,
        into initial: Result,
        _ update: @escaping @Sendable (inout Result, Row) throws -> Void
    ) async throws -> Result {
        try await database.read { db in
            var result = initial
            let rows = try Row.fetchCursor(db, sql: sql, arguments: [job])
            while let row = try rows.next() { try update(&result, row) }
            return result
        }
    }
}
