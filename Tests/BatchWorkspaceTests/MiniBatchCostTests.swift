import BatchDomain
import GRDB
import GRDBSQLite
import TestSupport
import Testing

@testable import BatchWorkspace

/// What the map of a job with many mini-batches costs, in steps of SQLite: a time would say more of the machine.
struct MiniBatchCostTests {
    private static let count = 100_000
    private static let job = SampleWorkspace.runningJob

    /// A running job of which all mini-batches are finished but some.
    private static func withJob(
        unfinished: [Range<Int>],
        failed: [Int] = [],
        _ body: (Workspace) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let workspace = try await SampleWorkspace.fill(WorkspaceFolder(path: folder + "/ws"), jobs: 0)
            try await workspace.database.write { db in
                try db.execute(sql: "DELETE FROM miniBatch WHERE job = \(sequence); DELETE FROM fileFailure")
                let gaps = unfinished.map { " AND NOT n BETWEEN \($0.lowerBound) AND \($0.upperBound - 1)" }.joined()
                try db.execute(
                    sql: """
                        WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < \(count))
                        INSERT INTO miniBatch (job, id, segment, rows, tries, files, failedFiles, startedAt, seconds, pid)
                        SELECT \(sequence), n, 'segment-1', 1, 1, 1, 0, '2026-11-30 12:00:00.000', 1, 1 FROM number WHERE 1\(gaps)
                        """
                )
                for id in failed {
                    try db.execute(sql: "UPDATE miniBatch SET segment = NULL, failedFiles = 1 WHERE id = \(id)")
                    try db.execute(
                        sql: """
                            INSERT INTO fileFailure (job, miniBatch, file, type, message, isTemplate, attempt)
                            SELECT \(sequence), \(id), 'a.csv', 'ValueError', 1, 0, 1
                            """
                    )
                }
                try db.execute(
                    sql: """
                        UPDATE job SET miniBatches = \(count), failedMiniBatches = \(failed.count), doneMiniBatches =
                            (SELECT count(segment) FROM miniBatch WHERE job = sequence) WHERE name = '\(job)'
                        """
                )
            }
            try await body(workspace)
        }
    }

    private static let sequence = "(SELECT sequence FROM job WHERE name = '\(job)')"

    /// The runs in some ranges, and the steps that SQLite made for them.
    private static func runs(
        in ranges: [Range<Int>],
        _ workspace: Workspace
    ) async throws -> (runs: [MiniBatchRun], steps: Int) {
        try await workspace.database.read { db in
            // The schema is read before anything is counted.
            _ = try Workspace.miniBatchRuns(of: job, in: [count..<count], db)
            return try counted(db) { try Workspace.miniBatchRuns(of: job, in: ranges, db) }
        }
    }

    private static func counted(
        _ db: Database,
        _ body: () throws -> [MiniBatchRun]
    ) throws -> (runs: [MiniBatchRun], steps: Int) {
        var steps = 0
        return try withUnsafeMutablePointer(to: &steps) { pointer in
            sqlite3_progress_handler(
                db.sqliteConnection,
                1,
                { context in
                    context?.assumingMemoryBound(to: Int.self).pointee += 1
                    return 0
                },
                pointer
            )
            defer { sqlite3_progress_handler(db.sqliteConnection, 0, nil, nil) }
            let runs = try body()
            return (runs, pointer.pointee)
        }
    }

    @Test func `What is unfinished is all that is read, also behind a mini-batch that takes long`() async throws {
        try await Self.withJob(unfinished: [0..<1, 99_990..<100_000]) { workspace in
            let first = try await Self.runs(in: [0..<Self.count], workspace)
            #expect(first.runs == [MiniBatchRun(first: 1, count: 99_989)])
            let next = try await Self.runs(in: [0..<1, 99_980..<100_000], workspace)
            #expect(next.runs == [MiniBatchRun(first: 99_980, count: 10)])
            #expect(next.steps < 500)
            #expect(first.steps > 100 * next.steps)
        }
    }

    @Test func `Of a job without gaps only what failed is read`() async throws {
        try await Self.withJob(unfinished: [60_000..<100_000], failed: [7, 30_000, 30_001]) { workspace in
            let found = try await Self.runs(in: [0..<Self.count], workspace)
            #expect(
                found.runs == [
                    MiniBatchRun(first: 0, count: 7), MiniBatchRun(first: 7, count: 1, outcome: .failed),
                    MiniBatchRun(first: 8, count: 29_992), MiniBatchRun(first: 30_000, count: 2, outcome: .failed),
                    MiniBatchRun(first: 30_002, count: 29_998),
                ]
            )
            #expect(found.steps < 500)
        }
    }

    @Test func `Where not each mini-batch that failed has a failure, all are read`() async throws {
        try await Self.withJob(unfinished: [], failed: [7]) { workspace in
            try await workspace.database.write { db in
                try db.execute(sql: "UPDATE miniBatch SET segment = NULL WHERE id = 8")
                try db.execute(
                    sql: "UPDATE job SET failedMiniBatches = 2, doneMiniBatches = 99998 WHERE name = '\(Self.job)'"
                )
            }
            let found = try await Self.runs(in: [0..<Self.count], workspace)
            #expect(found.runs.map(\.count) == [7, 2, 99_991])
        }
    }

    @Test func `Lists count the rows of mini-batches in work, once`() async throws {
        try await Self.withJob(unfinished: [99_990..<100_000]) { workspace in
            func worker(_ number: Int, _ miniBatch: Int) -> WorkerStatus {
                WorkerStatus(
                    worker: number,
                    pid: 1,
                    activity: "scoring",
                    miniBatch: miniBatch,
                    since: WorkspaceBench.date,
                    rows: 40,
                    bytes: 400,
                    share: 0.5
                )
            }
            try await workspace.setWorkers([worker(1, 99_990), worker(2, 99_991), worker(3, 5)], of: Self.job)
            let overview = try #require(try await workspace.jobOverviews(named: [Self.job]).first)
            let job = try await workspace.job(Self.job)
            #expect(overview.progress == JobProgress(job, try await workspace.workers(of: Self.job)))
            #expect(overview.progress.miniBatches == 99_991 && overview.progress.rows == job.counts.rows + 80)
        }
    }
}
