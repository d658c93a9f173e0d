import BatchDomain
import BatchWorkspace
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import BatchExecutor

/// What a journal told.
private final class Commits: Sendable {
    private let results = Mutex<[Result<JobCounts, any Error>]>([])

    func add(_ result: Result<JobCounts, any Error>) { results.withLock { $0.append(result) } }

    var last: JobCounts? { results.withLock { try? $0.last?.get() } }
    var count: Int { results.withLock { $0.count } }
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

    @Test func `What could not be written is written by the next try`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 1) { bench in
            let commits = Commits()
            let journal = Self.journal(bench, commits)
            journal.add(bench.done(0, file: "late", offset: 0, bytes: 4))
            await journal.flush()
            try write("row\n", to: bench.folder.segments + "/late")
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
