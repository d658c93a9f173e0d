import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// Exceptions of scoring scripts, and what becomes of the files.
@Suite(.serialized) struct JobFailureTests {
    /// Raises for file 2, whose content tells how often: it counts its tries in a file beside the flag.
    static let failing = """
        import os
        def init():
            pass
        def run(mini_batch):
            rows = []
            for path in mini_batch:
                name = os.path.basename(path)
                if name == "00002.txt":
                    with open(os.environ["BENCH_FLAG"], "a") as file:
                        file.write("try\\n")
                    with open(os.environ["BENCH_FLAG"]) as file:
                        if len(file.readlines()) <= int(open(path).read()):
                            raise ValueError("bad luck with " + name)
                rows.append(name)
            return rows
        """

    @Test func `A mini-batch that fails once is tried again and loses nothing`() async throws {
        try await JobBench.with(script: Self.failing) { bench in
            let job = try await bench.run(try bench.makeInput(files: 5) { _ in "1" }, overrides: bench.overrides())
            #expect(job.state == .completed)
            #expect(try bench.lines(of: job) == JobBench.names(0..<5))
            #expect(job.counts.failedFiles == 0)
            let log = try bench.log(of: job)
            #expect(log.contains("Mini-batch 2: ValueError: ") && log.contains("It is retried"), "\(log)")
        }
    }

    @Test func `After all tries each file of the mini-batch has failed, with the reason`() async throws {
        try await JobBench.with(script: Self.failing) { bench in
            let overrides = bench.overrides {
                $0.miniBatchSize = 2
                $0.maxRetries = 2
                $0.bisectFailedMiniBatches = false
            }
            let job = try await bench.run(try bench.makeInput(files: 6) { _ in "9" }, overrides: overrides)
            #expect(job.state == .completed)
            #expect(try bench.lines(of: job) == JobBench.names(0..<2) + JobBench.names(4..<6))
            #expect(job.counts.failedFiles == 2)
            #expect(job.counts.failedMiniBatches == 1)
            #expect(job.counts.succeededFiles == 4)
            let failures = try await bench.workspace.failures(of: job.name)
            #expect(failures.map(\.file) == ["00002.txt", "00003.txt"])
            #expect(failures.map(\.type) == ["ValueError", "ValueError"])
            #expect(failures.allSatisfy { $0.message.hasSuffix("00002.txt") })
            #expect(failures.map(\.attempt) == [2, 2])
            #expect(failures.first?.traceback?.contains("score.py") == true)
        }
    }

    @Test func `A file reported by the script fails alone, without another try`() async throws {
        let script = """
            import os
            import batchstudio_runtime as runtime
            def init():
                pass
            def run(mini_batch):
                rows = []
                for path in mini_batch:
                    if path.endswith("00001.txt"):
                        runtime.file_failed(path, "not to my taste")
                    else:
                        rows.append(os.path.basename(path))
                return rows
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(
                try bench.makeInput(files: 4),
                overrides: bench.overrides { $0.miniBatchSize = 4 }
            )
            #expect(job.state == .completed)
            #expect(job.counts.failedFiles == 1)
            #expect(try bench.lines(of: job).count == 3)
            let failure = try #require(try await bench.workspace.failures(of: job.name).first)
            #expect(failure.file == "00001.txt")
            #expect(failure.type == "FileFailed")
            #expect(failure.message == "not to my taste")
            #expect(failure.attempt == 1)
        }
    }

    @Test func `Rows that are missing count as failed files, all of them`() async throws {
        try await JobBench.with(script: "def init(): pass\ndef run(mini_batch): return mini_batch[:2]") { bench in
            let job = try await bench.run(
                try bench.makeInput(files: 6),
                overrides: bench.overrides { $0.miniBatchSize = 6 }
            )
            #expect(job.state == .completed)
            #expect(job.counts.succeededFiles == 2)
            #expect(job.counts.failedFiles == 4)
            let failures = try await bench.workspace.failures(of: job.name)
            #expect(failures.map(\.type) == ["MissingRows"])
            expectMessage(failures.first?.message, "failure/missing-rows")
        }
    }

    @Test func `Missing rows are held against the error threshold one by one`() async throws {
        try await JobBench.with(script: "def init(): pass\ndef run(mini_batch): return mini_batch[:2]") { bench in
            let overrides = bench.overrides {
                $0.miniBatchSize = 6
                $0.errorThreshold = 3
            }
            let job = try await bench.run(try bench.makeInput(files: 6), overrides: overrides)
            #expect(job.state == .failed)
            expectMessage(job.cause, "cause/error-threshold-by-missing-rows")
        }
    }

    @Test func `Failures whose reasons do not fit into one message are all told`() async throws {
        let script = """
            import batchstudio_runtime as runtime
            def init():
                pass
            def run(mini_batch):
                for path in mini_batch[1:]:
                    runtime.file_failed(path, path[-9:] + "x" * 1900)
                return ["one"]
            """
        try await JobBench.with(script: script) { bench in
            let input = try bench.makeInput(files: 101)
            let job = try await bench.run(input, overrides: bench.overrides { $0.miniBatchSize = 101 })
            #expect(job.counts.failedFiles == 100)
            #expect(job.counts.succeededFiles == 1)
            let failures = try await bench.workspace.failures(of: job.name, limit: 1000)
            #expect(failures.map { Substring($0.file) } == JobBench.names(1..<101))
            #expect(failures.allSatisfy { $0.message.hasPrefix($0.file.suffix(9)) })
        }
    }

    @Test func `run() that returns None is told in Azure's words`() async throws {
        try await JobBench.with(script: "def init(): pass\ndef run(mini_batch): pass") { bench in
            let job = try await bench.run(
                try bench.makeInput(files: 1),
                overrides: bench.overrides { $0.maxRetries = 1 }
            )
            #expect(job.state == .failed)
            expectMessage(job.cause, "cause/run-returned-none")
        }
    }

    @Test func `A job of which no file was scored has failed`() async throws {
        try await JobBench.with(script: "def init(): pass\ndef run(mini_batch): raise KeyError('colour')") { bench in
            let job = try await bench.run(
                try bench.makeInput(files: 3),
                overrides: bench.overrides { $0.maxRetries = 1 }
            )
            #expect(job.state == .failed)
            expectMessage(job.cause, "cause/all-failed")
            #expect(job.counts.failedFiles == 3)
        }
    }

    @Test func `More failed files than the threshold bears end the job with Azure's message`() async throws {
        let script = """
            def init():
                pass
            def run(mini_batch):
                if open(mini_batch[0]).read() != "0\\n":
                    raise ValueError("no")
                return mini_batch
            """
        try await JobBench.with(script: script) { bench in
            let overrides = bench.overrides {
                $0.errorThreshold = 2
                $0.maxRetries = 1
            }
            let job = try await bench.run(try bench.makeInput(files: 200), overrides: overrides)
            #expect(job.state == .failed)
            expectMessage(job.cause, "cause/error-threshold")
            #expect(job.counts.finishedMiniBatches < 200)
            #expect(job.counts.failedFiles >= 3)
        }
    }

    @Test func `As many failed files as the threshold bears do not end the job`() async throws {
        try await JobBench.with(script: Self.failing) { bench in
            let overrides = bench.overrides {
                $0.errorThreshold = 1
                $0.maxRetries = 1
            }
            let job = try await bench.run(try bench.makeInput(files: 5) { _ in "9" }, overrides: overrides)
            #expect(job.state == .completed)
            #expect(job.counts.failedFiles == 1)
        }
    }
}
