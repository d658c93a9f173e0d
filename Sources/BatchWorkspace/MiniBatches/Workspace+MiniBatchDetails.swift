package import BatchDomain
package import FoundationEssentials
import GRDB

extension Workspace {
    /// The result of a mini-batch; nil while it waits or is scored.
    package func miniBatchResult(_ id: Int, of job: String) async throws -> MiniBatchDetails.Result? {
        try await database.read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT segment, tries, startedAt, seconds, pid, rows, failedFiles FROM miniBatch
                    WHERE job = (SELECT sequence FROM job WHERE name = ?) AND id = ?
                    """,
                arguments: [job, id]
            )
            return row.map { row in
                let segment: String? = row[0]
                return MiniBatchDetails.Result(
                    isFailed: segment == nil,
                    attempts: row[1],
                    startedAt: row[2],
                    seconds: row[3],
                    pid: row[4],
                    worker: segment.flatMap(Self.worker),
                    rows: row[5],
                    failedFiles: row[6]
                )
            }
        }
    }

    /// The worker that wrote a segment file, by the number at the end of the file's name.
    private static func worker(of segment: String) -> Int? { segment.split(separator: "-").last.flatMap { Int($0) } }

    /// How long the mini-batches of a job took; nil while none has ended.
    package func miniBatchTimes(of job: String) async throws -> MiniBatchTimes? {
        try await database.read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT avg(seconds), max(seconds), id FROM miniBatch
                    WHERE job = (SELECT sequence FROM job WHERE name = ?)
                    """,
                arguments: [job]
            )
            guard let row, let mean: Double = row[0] else { return nil }
            return MiniBatchTimes(mean: mean, longest: row[1], slowest: row[2])
        }
    }

    /// The mini-batch that was scored at a time, by a worker if it is given; nil when there was none.
    package func miniBatch(at time: Date, worker: Int?, of job: String) async throws -> Int? {
        try await database.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT id, segment FROM miniBatch
                    WHERE job = (SELECT sequence FROM job WHERE name = ?)
                        AND (julianday(startedAt) - 2440587.5) * 86400 BETWEEN ? - seconds - 0.05 AND ? + 0.05
                    ORDER BY startedAt DESC LIMIT 1000
                    """,
                arguments: [job, time.timeIntervalSince1970, time.timeIntervalSince1970]
            )
            func writer(_ row: Row) -> Int? { (row[1] as String?).flatMap(Self.worker) }
            let own = rows.first { worker == nil || writer($0) == worker } ?? rows.first { writer($0) == nil }
            return own?[0]
        }
    }
}
