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

    /// The mini-batches of a job that need nothing more, from number `first` on, in order and joined to runs.
    ///
    /// Mini-batches end nearly in order, so a page that watches asks from its first gap on and gets little.
    package func miniBatchRuns(of job: String, from first: Int = 0) async throws -> [MiniBatchRun] {
        try await database.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, CASE WHEN segment IS NULL THEN 2 WHEN failedFiles > 0 THEN 1 ELSE 0 END FROM miniBatch
                    WHERE job = (SELECT sequence FROM job WHERE name = ?) AND id >= ? ORDER BY id
                    """,
                arguments: [job, first]
            )
            var runs: [MiniBatchRun] = []
            while let row = try rows.next() {
                let (id, outcome): (Int, MiniBatchRun.Outcome) = (row[0], .init(rawValue: row[1]) ?? .failed)
                if let last = runs.last, last.end == id, last.outcome == outcome {
                    runs[runs.count - 1].count += 1
                } else {
                    runs.append(MiniBatchRun(first: id, count: 1, outcome: outcome))
                }
            }
            return runs
        }
    }
}
