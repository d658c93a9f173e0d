package import BatchDomain
import GRDB

extension Workspace {
    /// How many rows a job scored in each second of its last minutes, the newest last; the second that is not over is left out.
    package func rowsPerSecond(of job: String, seconds: Int = 600) async throws -> [Double] {
        try await database.read { db in
            // Mini-batches end nearly in order, so the last ones by number are the last ones by time.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT CAST((julianday(startedAt) - 2440587.5) * 86400 + seconds AS INTEGER) AS second, sum(rows) AS rows
                    FROM (
                        SELECT startedAt, seconds, rows FROM miniBatch
                        WHERE job = (SELECT sequence FROM job WHERE name = ?) ORDER BY id DESC LIMIT 100000
                    ) GROUP BY second ORDER BY second DESC LIMIT ?
                    """,
                arguments: [job, seconds + 1]
            )
            guard let last: Int = rows.first?["second"], let first: Int = rows.last?["second"] else { return [] }
            var speeds = [Double](repeating: 0, count: min(seconds, last - max(first, last - seconds)))
            for row in rows {
                let place = (row["second"] as Int) - (last - speeds.count)
                if speeds.indices.contains(place) { speeds[place] = row["rows"] ?? 0 }
            }
            return speeds
        }
    }

    /// The mini-batches of a job that need nothing more, as far as they are in some ranges, in order and joined to runs.
    ///
    /// A page that watches asks for what is unfinished as far as it knows, and gets what was finished since.
    package func miniBatchRuns(of job: String, in ranges: [Range<Int>]) async throws -> [MiniBatchRun] {
        try await database.read { db in try Self.miniBatchRuns(of: job, in: ranges, db) }
    }

    static func miniBatchRuns(of name: String, in ranges: [Range<Int>], _ db: Database) throws -> [MiniBatchRun] {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT sequence, doneMiniBatches, failedMiniBatches,
                    (SELECT max(id) FROM miniBatch WHERE miniBatch.job = job.sequence)
                FROM job WHERE name = ?
                """,
            arguments: [name]
        )
        guard let row, let last: Int = row[3] else { return [] }
        let (job, done, failed): (Int64, Int, Int) = (row[0], row[1], row[2])
        if ranges.count == 1, ranges[0].lowerBound == 0, last < ranges[0].upperBound, done + failed == last + 1,
            let runs = try runsWithoutGaps(of: job, until: last, failed: failed, db)
        {
            return runs
        }
        var runs: [MiniBatchRun] = []
        let statement = try db.cachedStatement(
            sql: "SELECT \(markedID) FROM miniBatch WHERE job = ? AND id >= ? AND id < ? ORDER BY id"
        )
        for range in ranges {
            let marked = try Int.fetchCursor(statement, arguments: [job, range.lowerBound, range.upperBound])
            while let next = try marked.next() { runs.extend(by: MiniBatchRun(markedID: next)) }
        }
        return runs
    }

    /// The runs of a job of which all mini-batches up to the last finished one are finished: only those with failed files are read.
    ///
    /// - Returns: Nil where failures are not noted for each mini-batch that failed, as with parts of a file.
    private static func runsWithoutGaps(
        of job: Int64,
        until last: Int,
        failed: Int,
        _ db: Database
    ) throws -> [MiniBatchRun]? {
        let troubled = try Int.fetchAll(
            db,
            sql: """
                SELECT \(markedID) FROM miniBatch
                WHERE job = ? AND id IN (SELECT miniBatch FROM fileFailure WHERE job = ?) ORDER BY id
                """,
            arguments: [job, job]
        ).map(MiniBatchRun.init(markedID:))
        guard troubled.count(where: { $0.outcome == .failed }) == failed else { return nil }
        var runs: [MiniBatchRun] = []
        for run in troubled {
            runs.extend(by: MiniBatchRun(first: runs.last?.end ?? 0, count: run.first - (runs.last?.end ?? 0)))
            runs.extend(by: run)
        }
        let end = runs.last?.end ?? 0
        runs.extend(by: MiniBatchRun(first: end, count: last + 1 - end))
        return runs
    }

    /// The number of a mini-batch and its outcome as one number: there may be a million, and a row takes ten times as long to read.
    private static let markedID = "4 * id + CASE WHEN segment IS NULL THEN 2 WHEN failedFiles > 0 THEN 1 ELSE 0 END"
}

extension MiniBatchRun {
    fileprivate init(markedID: Int) {
        self.init(first: markedID / 4, count: 1, outcome: Outcome(rawValue: markedID % 4) ?? .failed)
    }
}
