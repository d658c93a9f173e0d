import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// How the parts of a file are journaled and counted: mini-batch 0 is a whole file, 1 to 3 are the parts of another.
struct PartJournalTests {
    private static let parts = 1..<4

    private static func record(
        _ bench: ExecutorWorkspace,
        _ id: Int,
        bytes: Int = 4,
        isFailed: Bool = false,
        settled: [Int] = [],
        types: String? = nil
    ) -> MiniBatchRecord {
        var record = bench.done(id, file: "a", offset: 0, bytes: bytes)
        if id > 0 { record.part = MiniBatchRecord.Part(parts: parts, settled: settled, types: types) }
        if isFailed {
            record.outcome = .failed
            record.failedFiles = 1
            record.failures = [
                FileFailure(file: "b.csv", miniBatch: id, type: "ValueError", message: "part \(id)", attempt: 1)
            ]
        }
        return record
    }

    private static func with(_ body: (ExecutorWorkspace, String) async throws -> Void) async throws {
        try await ExecutorWorkspace.with(miniBatches: 4) { bench in
            try await bench.workspace.setPlan(of: bench.job.name, files: 2, miniBatches: 4)
            try write("row\n", to: bench.folder.segments + "/a")
            try await body(bench, bench.job.name)
        }
    }

    /// The counts, which are those of a new count.
    private static func counts(_ bench: ExecutorWorkspace) async throws -> [Int] {
        let counts = try await bench.workspace.job(bench.job.name).counts
        try await bench.workspace.discardMiniBatches([], of: bench.job.name)
        #expect(try await bench.workspace.job(bench.job.name).counts == counts)
        return [
            counts.doneMiniBatches, counts.failedMiniBatches, counts.succeededFiles, counts.failedFiles, counts.rows,
            counts.bytes,
        ]
    }

    @Test func `A file counts once, when its last part is there`() async throws {
        try await Self.with { bench, job in
            _ = try await bench.workspace.journal([Self.record(bench, 0), Self.record(bench, 3)], of: job)
            #expect(try await Self.counts(bench) == [2, 0, 1, 0, 2, 8])
            _ = try await bench.workspace.journal([Self.record(bench, 1, types: "t")], of: job)
            #expect(try await Self.counts(bench) == [3, 0, 1, 0, 3, 12])
            _ = try await bench.workspace.journal([Self.record(bench, 2)], of: job)
            #expect(try await Self.counts(bench) == [4, 0, 2, 0, 4, 16])
            var known = JournaledParts()
            known.rowTypes = [1: "t"]
            #expect(try await bench.workspace.journaledParts(of: job) == known)
            try await bench.workspace.discardMiniBatches([3], of: job)
            #expect(try await Self.counts(bench) == [3, 0, 1, 0, 3, 12])
        }
    }

    @Test func `A file with a failed part has no rows and one reason, that of its first failed part`() async throws {
        try await Self.with { bench, job in
            _ = try await bench.workspace.journal([Self.record(bench, 0), Self.record(bench, 3)], of: job)
            _ = try await bench.workspace.journal([Self.record(bench, 2, isFailed: true, settled: [3])], of: job)
            #expect(try await Self.counts(bench) == [1, 2, 1, 1, 1, 4])
            #expect(try await bench.workspace.failures(of: job).map(\.message) == ["part 2"])
            #expect(try await bench.workspace.segments(of: job, after: -1, limit: 9).map(\.id) == [0])
            #expect(try await bench.workspace.journaledParts(of: job).failed == [1: 2])
            _ = try await bench.workspace.journal([Self.record(bench, 1, isFailed: true, settled: [2, 3])], of: job)
            #expect(try await Self.counts(bench) == [1, 3, 1, 1, 1, 4])
            #expect(try await bench.workspace.failures(of: job).map(\.message) == ["part 1"])
            #expect(try await bench.workspace.finishedMiniBatches(of: job) == [0, 1, 2, 3])
        }
    }

    @Test func `A file that is scored whole has the rows of its first part alone`() async throws {
        try await Self.with { bench, job in
            _ = try await bench.workspace.journal([Self.record(bench, 1), Self.record(bench, 2)], of: job)
            try await bench.workspace.scoreWhole(Self.parts, of: job)
            #expect(try await Self.counts(bench) == [0, 0, 0, 0, 0, 0])
            #expect(try await bench.workspace.journaledParts(of: job).wholeFiles == [1])
            _ = try await bench.workspace.journal([Self.record(bench, 1, settled: [2, 3])], of: job)
            #expect(try await Self.counts(bench) == [3, 0, 1, 0, 1, 4])
            #expect(try await bench.workspace.segments(of: job, after: -1, limit: 9).map(\.segment.bytes) == [4, 0, 0])
        }
    }

    @Test func `What a part means for the others depends on what failed and what is scored whole`() {
        let plan = MiniBatchPlan(files: 2, size: 1, splitFiles: [MiniBatchPlan.SplitFile(file: 1, parts: 3)])
        var parted = PartedFiles(plan, journaled: JournaledParts())
        let done = MiniBatchRecord(
            id: 2,
            outcome: .done(Segment(file: "a", offset: 0, bytes: 4, checksum: 0, rows: 1)),
            attempts: 1,
            files: 1,
            startedAt: Date(timeIntervalSince1970: 0),
            seconds: 1,
            pid: 1,
            failures: []
        )
        var failed = done
        failed.failedFiles = 1
        #expect(parted.counted(done).part == MiniBatchRecord.Part(parts: 1..<4))
        let counted = parted.counted(failed)
        #expect(counted.part?.settled == [3] && counted.outcome == .failed)
        let isNew = parted.add(counted)
        #expect(isNew)
        #expect((0..<4).map(parted.isSettled) == [false, false, false, true])
        var first = done
        first.id = 1
        #expect(parted.counted(first).outcome == .failed && parted.counted(first).failedFiles == 0)
        first.failedFiles = 1
        let earlier = parted.counted(first)
        #expect(earlier.part?.settled == [2, 3])
        let isOneMore = parted.add(earlier)
        #expect(!isOneMore)
        parted.scoreWhole(1..<4)
        #expect((0..<4).map(parted.isSettled) == [false, false, true, true])
        first.failedFiles = 0
        #expect(parted.counted(first).part?.settled == [2, 3] && parted.counted(first).outcome == done.outcome)
        #expect(parted.counted(done).part != nil)
    }

    @Test func `Rows of other types than those of the file's other parts are found`() {
        let plan = MiniBatchPlan(files: 1, size: 1, splitFiles: [MiniBatchPlan.SplitFile(file: 0, parts: 3)])
        var known = JournaledParts()
        known.rowTypes = [0: "a"]
        var parted = PartedFiles(plan, journaled: known)
        var differ = [("a", 1), (nil, 1), ("b", 2)].map { parted.differ($0, in: $1) }
        #expect(differ == [false, false, true])
        parted.scoreWhole(0..<3)
        differ = [parted.differ("b", in: 0)]
        #expect(differ == [false])
    }
}
