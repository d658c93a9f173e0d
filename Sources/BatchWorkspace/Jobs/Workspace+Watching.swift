package import BatchDomain
import GRDB

extension Workspace {
    /// The unfinished jobs, so many at most: those that run, then those that wait, each in the order of their submission.
    package func unfinishedJobs(limit: Int) async throws -> [JobOverview] {
        try await database.read { db in
            try JobOverview.fetchAll(
                db,
                sql: """
                    SELECT \(JobOverview.columns) FROM job WHERE \(JobState.isUnfinishedSQL)
                    ORDER BY startedAt IS NULL, sequence LIMIT ?
                    """,
                arguments: [limit]
            )
        }
    }

    /// The jobs that failed, or that completed with failed files, the newest first; archived ones are left out.
    ///
    /// - Parameters:
    ///   - span: How many of the newest jobs are looked through, so that a long list costs no more than a short one.
    ///   - limit: Maximum jobs.
    /// - Returns: The jobs.
    /// - Throws: Errors of the database.
    package func troubledJobs(among span: Int, limit: Int) async throws -> [JobOverview] {
        try await database.read { db in
            try JobOverview.fetchAll(
                db,
                sql: """
                    SELECT \(JobOverview.columns) FROM job
                    WHERE sequence > (SELECT max(sequence) FROM job) - ? AND isArchived = 0
                        AND (state = 'Failed' OR (state = 'Completed' AND failedFiles > 0))
                    ORDER BY sequence DESC LIMIT ?
                    """,
                arguments: [span, limit]
            )
        }
    }
}
