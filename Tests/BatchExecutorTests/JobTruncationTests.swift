import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// Input files that are cut short while a worker has them mapped.
@Suite(.serialized) struct JobTruncationTests {
    /// Maps each file, as NumPy and Arrow do; the content says which one is cut short between the mapping and the reading.
    private static let script = """
        import mmap, os, signal
        def init():
            pass
        def run(mini_batch):
            rows = []
            for path in mini_batch:
                with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
                    word = mapped[:8].strip()
                    if word == b"cut":
                        os.truncate(path, 0)
                    if word == b"bus":
                        os.kill(os.getpid(), signal.SIGBUS)
                    rows.append("%s,%d" % (os.path.basename(path), len(mapped[:])))
            return rows
        """

    private func words(_ bad: [Int: String]) -> (Int) -> String {
        { (bad[$0] ?? "fine").padding(toLength: 9_000, withPad: " ", startingAt: 0) }
    }

    private func rows(_ numbers: [Int]) -> [Substring] {
        numbers.map { Substring(String(format: "%05d.txt,9000", $0)) }
    }

    @Test(arguments: [true, false])
    func `A file that is truncated while it is mapped fails alone, and no attempt is charged`(
        isBisecting: Bool
    ) async throws {
        try await JobBench.with(script: Self.script) { bench in
            let input = try bench.makeInput(files: 12, words([2: "cut", 3: "cut", 8: "cut"]))
            let job = try await bench.run(
                input,
                overrides: bench.overrides {
                    $0.miniBatchSize = 6
                    $0.maxRetries = 1
                    $0.bisectFailedMiniBatches = isBisecting
                }
            )
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.lines(of: job) == rows([0, 1, 4, 5, 6, 7, 9, 10, 11]))
            let failures = try await bench.workspace.failures(of: job.name)
            #expect(failures.map(\.file) == ["00002.txt", "00003.txt", "00008.txt"])
            #expect(failures.map(\.type) == Array(repeating: "FileTruncated", count: 3))
            expectMessage(Set(failures.map(\.message)).joined(separator: "\n"), "failure/truncated")
            #expect(failures.map(\.attempt) == [1, 1, 1])
            #expect(job.counts.failedMiniBatches == 0)
            let log = try bench.log(of: job)
            #expect(log.contains(": 00002.txt. ") && log.contains("scored again"), "\(log)")
        }
    }

    @Test func `SIGBUS without a truncated file costs an attempt`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let input = try bench.makeInput(files: 3, words([1: "bus"]))
            let job = try await bench.run(input, overrides: bench.overrides { $0.maxRetries = 2 })
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.lines(of: job) == rows([0, 2]))
            let failures = try await bench.workspace.failures(of: job.name)
            #expect(failures.map(\.type) == ["WorkerDied"])
            #expect(failures.map(\.message.isEmpty) == [false])
            #expect(failures.map(\.attempt) == [2])
        }
    }
}
