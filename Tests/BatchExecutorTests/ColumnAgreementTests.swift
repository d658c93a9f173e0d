import BatchDomain
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// Which failed files are certain: those of a mini-batch may be undone when it is scored again for its columns.
struct ColumnAgreementTests {
    private func withColumns(_ rule: ColumnRule, _ body: (inout ColumnAgreement) throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let job = WorkspaceFolder(path: folder).job("job")
            try write("", to: job.path + "/manifest.tsv")
            var columns = ColumnAgreement(OutputColumns(), rule: rule, in: job)
            try body(&columns)
        }
    }

    /// A mini-batch of three files, two of which failed.
    private func record(_ id: Int, variant: Int?) -> MiniBatchRecord {
        let segment = Segment(file: "1", offset: 0, bytes: 1, checksum: 0, rows: 1)
        return MiniBatchRecord(
            id: id,
            outcome: .done(segment),
            attempts: 1,
            files: 3,
            startedAt: Date(timeIntervalSince1970: 0),
            seconds: 1,
            pid: 1,
            failedFiles: 2,
            failures: [],
            columnVariant: variant
        )
    }

    @Test func `Failures beside the rows of a script are certain at once`() async throws {
        try await withColumns(.same) { columns in
            let record = record(0, variant: try columns.keep(["a", "b"], of: 0))
            #expect(!columns.isUndecided(record))
            let fixes = columns.finish(record)
            #expect(!fixes)
            #expect(throws: JobFailure.self) { try columns.keep(["c"], of: 1) }
        }
    }

    @Test func `Failures beside rows are certain once the first rows in input order fix the columns`() async throws {
        try await withColumns(.first) { columns in
            let second = record(1, variant: try columns.keep(["a", "b"], of: 1))
            #expect(columns.isUndecided(second))
            var fixes = columns.finish(second)
            #expect(!fixes)
            let first = record(0, variant: try columns.keep(["c"], of: 0))
            fixes = columns.finish(first)
            #expect(fixes)
            #expect(!columns.isUndecided(second))
            #expect(columns.isDiffering(second))
            #expect(columns.differing == [1])
            columns.reopenDiffering()
            #expect(columns.differing.isEmpty)
            #expect(throws: JobFailure.self) { try columns.keep(["a", "b"], of: 1) }
        }
    }

    @Test func `A mini-batch with other columns than the output is scored again once`() async throws {
        try await withColumns(.first) { columns in
            let first = record(0, variant: try columns.keep(["c"], of: 0))
            let fixes = columns.finish(first)
            #expect(fixes)
            let variant = try columns.keep(["a", "b"], of: 1)
            #expect(variant == nil)
            #expect(throws: JobFailure.self) { try columns.keep(["a", "b"], of: 1) }
        }
    }

    @Test func `Failures that may be undone do not count against the error threshold`() throws {
        var counts = ScoringCounts(journaled: JobCounts(), firstFailure: nil, undecidedFailures: 0, threshold: 1)
        let record = record(0, variant: 0)
        counts.add(record, isUndecided: true)
        try counts.checkThreshold(last: nil)
        counts.decide()
        #expect(throws: JobFailure.self) { try counts.checkThreshold(last: nil) }
        counts.remove(record, isUndecided: false)
        try counts.checkThreshold(last: nil)
    }

    @Test func `Counts of commits before mini-batches were taken out of the journal are stale`() {
        var counts = ScoringCounts(journaled: JobCounts(), firstFailure: nil, undecidedFailures: 0, threshold: -1)
        var committed = JobCounts()
        committed.doneMiniBatches = 5
        counts.committed(committed)
        #expect(counts.journaled.doneMiniBatches == 5)
        counts.restart(from: JobCounts(), waiting: 0, commits: 2)
        counts.committed(committed)
        #expect(counts.journaled.doneMiniBatches == 0)
        counts.committed(committed)
        #expect(counts.journaled.doneMiniBatches == 5)
    }
}
