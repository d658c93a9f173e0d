import BatchDomain
import BatchWorkspace
import Foundation
import Synchronization
import SystemKit
import TestSupport
import Testing

@testable import BatchExecutor

/// What a journal told.
private final class Commits: Sendable {
    private let results = Mutex<[Result<JobCounts, any Error>]>([])

    func add(_ result: Result<JobCounts, any Error>) { results.withLock { $0.append(result) } }

    var last: JobCounts? { results.withLock { try? $0.last?.get() } }
    var count: Int { results.withLock { $0.count } }
    var lost: [Int] {
        results.withLock { results in
            results.flatMap { result -> [Int] in
                if case .failure(let lost as LostRows) = result { lost.miniBatches.map(\.id) } else { [] }
            }
        }
    }
    var failures: Int {
        results.withLock { $0.count { if case .failure = $0 { true } else { false } } }
    }
}

struct JournalTests {
    private static func journal(_ bench: ExecutorWorkspace, _ commits: Commits) -> Journal {
        Journal(workspace: bench.workspace, job: bench.job.name, segments: bench.folder.segments) { commits.add($0) }
    }

    @Test func `Finished mini-batches are recorded and counted`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 2) { bench in
            try write("row\n", to: bench.folder.segments + "/a")
            let commits = Commits()
            let journal = Self.journal(bench, commits)
            journal.add(bench.done(1, file: "a", offset: 0, bytes: 4))
            await journal.flush()
            #expect(commits.last?.doneMiniBatches == 1)
            #expect(commits.last?.rows == 1)
            #expect(try await bench.workspace.finishedMiniBatches(of: bench.job.name) == [1])
        }
    }

    @Test func `Many at once are written in groups`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 500) { bench in
            let commits = Commits()
            let journal = Self.journal(bench, commits)
            for id in 0..<500 { journal.add(bench.done(id, file: "a", offset: 0, bytes: 0)) }
            await journal.flush()
            #expect(commits.last?.doneMiniBatches == 500)
            #expect(commits.count < 500)
        }
    }

    @Test func `Nothing is recorded whose rows can't be made durable`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 1) { bench in
            let commits = Commits()
            let journal = Self.journal(bench, commits)
            journal.add(bench.done(0, file: "missing", offset: 0, bytes: 4))
            await journal.flush()
            #expect(commits.failures == 1)
            let finished = try await bench.workspace.finishedMiniBatches(of: bench.job.name)
            #expect(finished.isEmpty)
        }
    }

    @Test func `What could not be recorded is recorded by the next try`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 1) { bench in
            let change =
                "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=20); c.execute(sys.argv[2]); c.commit()"
            let database = bench.workspace.folder.database
            let trigger = "CREATE TRIGGER full BEFORE INSERT ON miniBatch BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            _ = try runPython(change, [database, trigger])
            let commits = Commits()
            let journal = Self.journal(bench, commits)
            try write("row\n", to: bench.folder.segments + "/late")
            journal.add(bench.done(0, file: "late", offset: 0, bytes: 4))
            await journal.flush()
            #expect(commits.failures == 1)
            _ = try runPython(change, [database, "DROP TRIGGER full"])
            journal.retry()
            await journal.flush()
            #expect(commits.last?.doneMiniBatches == 1)
        }
    }

    @Test func `A mini-batch can't be recorded twice`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 1) { bench in
            let record = bench.done(0, file: "a", offset: 0, bytes: 0)
            _ = try await bench.workspace.journal([record], of: bench.job.name)
            await #expect(throws: (any Error).self) {
                try await bench.workspace.journal([record], of: bench.job.name)
            }
            #expect(try await bench.workspace.job(bench.job.name).counts.doneMiniBatches == 1)
        }
    }
}

/// Disks that refuse to keep what was written.
struct LostRowsTests {
    @Test func `Of many files that are made durable together only those are lost that the disk refuses`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 40) { bench in
            for id in 0..<40 where id % 10 != 3 { try write("row\n", to: bench.folder.segments + "/\(id)") }
            let commits = Commits()
            let synced = Mutex<[String]>([])
            let journal = Journal(
                workspace: bench.workspace,
                job: bench.job.name,
                segments: bench.folder.segments,
                sync: { path in
                    synced.withLock { $0.append((path as NSString).lastPathComponent) }
                    try DurableFile.sync(path)
                }
            ) { commits.add($0) }
            for id in 0..<40 { journal.add(bench.done(id, file: "\(id)", offset: 0, bytes: 4)) }
            await journal.flush()
            let lost = [3, 13, 23, 33]
            #expect(commits.lost.sorted() == lost)
            #expect(try await bench.workspace.finishedMiniBatches(of: bench.job.name) == Set(0..<40).subtracting(lost))
            // Each group asks once for each of its files.
            let names = synced.withLock { $0 }
            #expect(Set(names).count == 40)
            #expect(names.filter { lost.contains(Int($0) ?? 0) }.count == lost.count)
        }
    }

    @Test func `A file that could not be made durable once is never believed again`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 3) { bench in
            try write("row\n", to: bench.folder.segments + "/good")
            try write("row\nrow\n", to: bench.folder.segments + "/bad")
            let commits = Commits()
            let calls = Mutex(0)
            let journal = Journal(
                workspace: bench.workspace,
                job: bench.job.name,
                segments: bench.folder.segments,
                sync: { path in
                    let isFirst = calls.withLock { calls in
                        if path.hasSuffix("/bad") { calls += 1 }
                        return calls == 1
                    }
                    // As the kernel does: the second fsync of the same file says that all is well.
                    if path.hasSuffix("/bad"), isFirst { throw StudioError(.file, "Input/output error") }
                }
            ) { commits.add($0) }
            journal.add(bench.done(0, file: "bad", offset: 0, bytes: 4))
            await journal.flush()
            journal.add(bench.done(1, file: "bad", offset: 4, bytes: 4))
            journal.add(bench.done(2, file: "good", offset: 0, bytes: 4))
            await journal.flush()
            #expect(try await bench.workspace.finishedMiniBatches(of: bench.job.name) == [2])
            #expect(commits.lost == [0, 1])
        }
    }
}
