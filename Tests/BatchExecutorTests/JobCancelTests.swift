import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// A user cancels a job, in each of its phases.
@Suite(.serialized) struct JobCancelTests {
    /// Scores until file 5, then waits for the flag.
    static let waiting = """
        import os, time
        def init():
            pass
        def run(mini_batch):
            while mini_batch[0].endswith("00005.txt") and not os.path.exists(os.environ["BENCH_FLAG"]):
                time.sleep(0.005)
            return [os.path.basename(path) for path in mini_batch]
        """

    @Test func `A job that waits in the queue is canceled at once`() async throws {
        try await JobBench.with(script: Self.waiting) { bench in
            let input = try bench.makeInput(files: 10)
            let all = bench.overrides { $0.maxConcurrencyPerInstance = 64 }
            let first = try await bench.submit(input, overrides: all)
            let second = try await bench.submit(input, overrides: all)
            _ = try await bench.job(first.name, becomes: .running)
            try await bench.cancel(second.name)
            let canceled = try await bench.end(of: second.name)
            #expect(canceled.state == .canceled)
            expectMessage(canceled.cause, "cause/canceled-before-start")
            #expect(canceled.startedAt == nil)
            try bench.raiseFlag()
            #expect(try await bench.end(of: first.name).state == .completed)
        }
    }

    @Test func `A job whose script is being loaded is canceled at once`() async throws {
        let script = "import time\ntime.sleep(600)\ndef init(): pass\ndef run(mini_batch): return mini_batch"
        try await JobBench.with(script: script) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 1), overrides: bench.overrides())
            _ = try await wait(for: "the host") {
                livingProcesses(withEnvironment: "BENCH_FOLDER=\(bench.folder)").isEmpty ? nil : true
            }
            try await bench.cancel(job.name)
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .canceled)
            expectMessage(ended.cause, "cause/canceled")
            _ = try await wait(for: "the end of the host", within: .seconds(10)) {
                livingProcesses(withEnvironment: "BENCH_FOLDER=\(bench.folder)").isEmpty ? true : nil
            }
        }
    }

    @Test func `A job that scores is canceled at once, and keeps what it has counted`() async throws {
        try await JobBench.with(script: Self.waiting) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 10), overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 5)
            try await bench.cancel(job.name)
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .canceled)
            #expect(ended.counts.doneMiniBatches == 5)
            let states = try await bench.workspace.transitions(of: job.name).map(\.state)
            #expect(states == [.queued, .preparing, .running, .cancelRequested, .canceled])
            let file = try #require(job.specification.output.file)
            #expect(!FileManager.default.fileExists(atPath: file))
        }
    }

    @Test func `A canceled job's workers are gone`() async throws {
        try await JobBench.with(script: Self.waiting) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 10), overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 5)
            let workers = try await bench.workers(of: job.name)
            try await bench.cancel(job.name)
            _ = try await bench.end(of: job.name)
            for worker in workers { #expect(!FileManager.default.fileExists(atPath: "/proc/\(worker.pid)")) }
        }
    }

    @Test func `A cancellation that the executor hears of after the last mini-batch leaves no worker and no rows`()
        async throws
    {
        try await JobBench.with(script: Self.waiting) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 6), overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 5)
            let workers = try await bench.workers(of: job.name)
            // The executor is not woken.
            _ = try await bench.workspace.requestCancel(of: job.name)
            try bench.raiseFlag()
            #expect(try await bench.end(of: job.name).state == .canceled)
            for worker in workers { #expect(!FileManager.default.fileExists(atPath: "/proc/\(worker.pid)")) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: job.specification.output.folder).isEmpty)
        }
    }

    @Test func `A job canceled while init() hangs is canceled at once`() async throws {
        let script = "import time\ndef init(): time.sleep(600)\ndef run(mini_batch): return mini_batch"
        try await JobBench.with(script: script) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 1), overrides: bench.overrides())
            _ = try await bench.job(job.name, becomes: .running)
            try await bench.cancel(job.name)
            #expect(try await bench.end(of: job.name).state == .canceled)
        }
    }

    @Test func `After a canceled job the next one runs`() async throws {
        try await JobBench.with(script: Self.waiting) { bench in
            let input = try bench.makeInput(files: 10)
            let job = try await bench.submit(input, overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 5)
            try await bench.cancel(job.name)
            _ = try await bench.end(of: job.name)
            try bench.raiseFlag()
            let next = try await bench.run(input, overrides: bench.overrides())
            #expect(next.state == .completed)
            #expect(try bench.lines(of: next) == JobBench.names(0..<10))
        }
    }
}
