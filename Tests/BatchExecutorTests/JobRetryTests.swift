import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// Jobs that score again what another one has not.
@Suite(.serialized) struct JobRetryTests {
    /// Raises for files that say `bad`; writes down what it scores.
    static let picky = """
        import os
        def init():
            pass
        def run(mini_batch):
            names = [os.path.basename(path) for path in mini_batch]
            with open(os.path.join(os.environ["BENCH_FOLDER"], "scored"), "a") as file:
                file.write("".join(name + "\\n" for name in names))
            for path in mini_batch:
                if open(path).read() == "bad":
                    raise ValueError("bad file " + os.path.basename(path))
            return names
        """

    private static func scored(_ bench: JobBench) throws -> [Substring] {
        try String(contentsOfFile: bench.folder + "/scored", encoding: .utf8).split(separator: "\n")
    }

    /// A job on nine files, three a mini-batch, of which the fifth is bad.
    private static func completed(_ bench: JobBench) async throws -> (job: Job, input: String) {
        let input = try bench.makeInput(files: 9) { $0 == 4 ? "bad" : "\($0)" }
        let overrides = bench.overrides {
            $0.miniBatchSize = 3
            $0.maxRetries = 1
            $0.bisectFailedMiniBatches = false
        }
        return (try await bench.run(input, overrides: overrides), input)
    }

    private static func retry(_ job: Job, _ bench: JobBench) async throws -> Job {
        let retried = try await bench.workspace.retryFailed(RetryDraft(jobName: job.name))
        await bench.executor.wake()
        return try await bench.end(of: retried.name)
    }

    @Test func `A link that was refused is refused again, until a file is in its place`() async throws {
        try await JobBench.with(script: Self.picky) { bench in
            let input = try bench.makeInput(files: 3) { "\($0)" }
            let manager = FileManager.default
            try manager.createSymbolicLink(atPath: input + "/circle", withDestinationPath: ".")
            let job = try await bench.run(input, overrides: bench.overrides())
            #expect(job.counts.failedFiles == 1)
            #expect(try await bench.workspace.failures(of: job.name).map(\.type) == ["LinkRefused"])
            let again = try await Self.retry(job, bench)
            #expect(try await bench.workspace.failures(of: again.name).map(\.type) == ["LinkRefused"])
            try manager.removeItem(atPath: input + "/circle")
            try write("3", to: input + "/circle")
            let fixed = try await Self.retry(again, bench)
            #expect(fixed.counts.failedFiles == 0)
            #expect(try bench.lines(of: fixed) == JobBench.names(0..<3) + ["circle"])
        }
    }

    @Test func `The output is that of a job without failures, and what was scored is not scored again`() async throws {
        try await JobBench.with(script: Self.picky) { bench in
            let (job, input) = try await Self.completed(bench)
            #expect(job.counts.failedFiles == 3)
            #expect(try bench.lines(of: job) == JobBench.names(0..<3) + JobBench.names(6..<9))
            try write("fixed", to: input + "/00004.txt")
            try FileManager.default.removeItem(atPath: bench.folder + "/scored")
            let retried = try await Self.retry(job, bench)
            #expect(retried.state == .completed, "\(retried.cause ?? "")")
            #expect(retried.retryOf == job.name)
            #expect(retried.counts.failedFiles == 0)
            #expect(retried.counts.succeededFiles == 9)
            #expect(try bench.lines(of: retried) == JobBench.names(0..<9))
            #expect(try Self.scored(bench) == JobBench.names(3..<6))
        }
    }

    @Test func `A file that is still bad fails again, with its reason`() async throws {
        try await JobBench.with(script: Self.picky) { bench in
            let (job, _) = try await Self.completed(bench)
            let retried = try await Self.retry(job, bench)
            #expect(retried.counts.failedFiles == 3)
            #expect(try bench.lines(of: retried).count == 6)
            let failures = try await bench.workspace.failures(of: retried.name)
            #expect(failures.first?.message == "bad file 00004.txt")
        }
    }

    @Test func `Files whose rows would be kept though they have changed are refused by name`() async throws {
        try await JobBench.with(script: Self.picky) { bench in
            let (job, input) = try await Self.completed(bench)
            try write("something else", to: input + "/00001.txt")
            try FileManager.default.removeItem(atPath: input + "/00008.txt")
            let error = await #expect(throws: StudioError.self) {
                try await bench.workspace.retryFailed(RetryDraft(jobName: job.name))
            }
            #expect(error?.code == .file)
            expectMessage(error, "retry/changed", placeholders: [bench.folder: "FOLDER", job.name: "JOB"])
            #expect(error?.message.contains("00001.txt, 00008.txt.") == true)
            #expect(try await bench.workspace.jobs().count == 1)
        }
    }

    @Test func `A job in which nothing failed has nothing to be scored again`() async throws {
        try await JobBench.with(script: Self.picky) { bench in
            let job = try await bench.run(try bench.makeInput(files: 2), overrides: bench.overrides())
            let error = await #expect(throws: StudioError.self) {
                try await bench.workspace.retryFailed(RetryDraft(jobName: job.name))
            }
            #expect(error?.code == .invalidState)
            expectMessage(error, "retry/nothing-failed", placeholders: [job.name: "JOB"])
        }
    }

    @Test func `Files that a canceled job never came to are scored by the new one`() async throws {
        try await JobBench.with(script: JobCancelTests.waiting) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 12), overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 5)
            try await bench.cancel(job.name)
            let canceled = try await bench.end(of: job.name)
            try bench.raiseFlag()
            let retried = try await Self.retry(canceled, bench)
            #expect(retried.state == .completed)
            #expect(try bench.lines(of: retried) == JobBench.names(0..<12))
        }
    }

    @Test func `A canceled job resumes under its name and keeps what it has scored`() async throws {
        try await JobBench.with(script: JobCancelTests.waiting) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 12), overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 5)
            try await bench.cancel(job.name)
            _ = try await bench.end(of: job.name)
            #expect(bench.workspace.keptBytes(of: job.name) > 0)
            try bench.raiseFlag()
            let resumed = try await bench.workspace.resume(job.name)
            #expect(resumed.state == .queued)
            #expect(resumed.counts.doneMiniBatches == 5)
            #expect(resumed.endedAt == nil)
            await bench.executor.wake()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .completed)
            #expect(try bench.lines(of: ended) == JobBench.names(0..<12))
            let states = try await bench.workspace.transitions(of: job.name).map(\.state)
            #expect(
                states == [
                    .queued, .preparing, .running, .cancelRequested, .canceled, .queued, .preparing, .running,
                    .finalizing,
                    .completed,
                ]
            )
        }
    }

    @Test func `A job that failed at its threshold resumes, and tries the failed files again`() async throws {
        try await JobBench.with(script: JobFailureTests.failing) { bench in
            let overrides = bench.overrides {
                $0.errorThreshold = 0
                $0.maxRetries = 1
            }
            // File 2 fails once.
            let failed = try await bench.run(try bench.makeInput(files: 6) { _ in "1" }, overrides: overrides)
            #expect(failed.state == .failed)
            _ = try await bench.workspace.resume(failed.name)
            await bench.executor.wake()
            let ended = try await bench.end(of: failed.name)
            #expect(ended.state == .completed, "\(ended.cause ?? "")")
            #expect(ended.counts.failedFiles == 0)
            #expect(ended.cause == nil)
            #expect(try bench.lines(of: ended) == JobBench.names(0..<6))
        }
    }

    @Test func `A job is not resumed when it is Completed, its rows are gone, or its output's name is taken`()
        async throws
    {
        try await JobBench.with(script: JobFailureTests.failing) { bench in
            let overrides = bench.overrides {
                $0.errorThreshold = 0
                $0.maxRetries = 1
            }
            let input = try bench.makeInput(files: 6) { _ in "1" }
            let failed = try await bench.run(input, overrides: overrides)
            let file = try #require(failed.specification.output.file)
            try write("mine", to: file)
            let taken = await #expect(throws: StudioError.self) { try await bench.workspace.resume(failed.name) }
            #expect(taken?.code == .alreadyExists)
            try FileManager.default.removeItem(atPath: file)
            let segments = bench.workspace.folder.job(failed.name).segments
            try FileManager.default.moveItem(atPath: segments, toPath: segments + ".away")
            let gone = await #expect(throws: StudioError.self) { try await bench.workspace.resume(failed.name) }
            #expect(gone?.code == .file)
            expectMessage(gone, "resume/rows-gone", placeholders: [bench.folder: "FOLDER", failed.name: "JOB"])
            #expect(try await bench.workspace.job(failed.name).state == .failed)
            try FileManager.default.moveItem(atPath: segments + ".away", toPath: segments)
            _ = try await bench.workspace.resume(failed.name)
            await bench.executor.wake()
            _ = try await bench.end(of: failed.name)
            let completed = await #expect(throws: StudioError.self) { try await bench.workspace.resume(failed.name) }
            #expect(completed?.code == .invalidState)
            expectMessage(completed, "resume/completed", placeholders: [failed.name: "JOB"])
        }
    }

    @Test func `A resumed job reads fixed files as they are now`() async throws {
        try await JobBench.with(script: Self.picky) { bench in
            let input = try bench.makeInput(files: 4) { $0 == 2 ? "bad" : "\($0)" }
            let overrides = bench.overrides {
                $0.maxRetries = 1
                $0.errorThreshold = 0
            }
            let failed = try await bench.run(input, overrides: overrides)
            #expect(failed.state == .failed)
            try write("longer than before", to: input + "/00002.txt")
            _ = try await bench.workspace.resume(failed.name)
            await bench.executor.wake()
            let ended = try await bench.end(of: failed.name)
            #expect(ended.state == .completed, "\(ended.cause ?? "")")
            #expect(try bench.lines(of: ended) == JobBench.names(0..<4))
        }
    }

    @Test(arguments: ["csv", "jsonl"])
    func `An output with a header, and one of objects, has the bytes of a fresh job`(ending: String) async throws {
        let script = """
            import os
            def init():
                pass
            def run(mini_batch):
                if any(open(path).read() == "bad" for path in mini_batch):
                    raise ValueError("bad file")
                return [{"file": os.path.basename(path), "text": open(path).read()} for path in mini_batch]
            """
        try await JobBench.with(script: script) { bench in
            let input = try bench.makeInput(files: 9) { $0 == 4 ? "bad" : "\($0)" }
            let overrides = bench.overrides {
                $0.miniBatchSize = 3
                $0.outputHeader = ending == "csv" ? true : nil
                $0.outputFileName = "scores." + ending
            }
            let job = try await bench.run(input, overrides: overrides)
            #expect(job.counts.failedFiles == 1, "\(job.cause ?? "")")
            try write("fixed", to: input + "/00004.txt")
            let retried = try await Self.retry(job, bench)
            let fresh = try await bench.run(input, overrides: overrides)
            #expect(retried.state == .completed, "\(retried.cause ?? "")")
            #expect(try bench.output(of: retried) == bench.output(of: fresh))
            #expect(try bench.lines(of: retried).count == (ending == "csv" ? 10 : 9))
        }
    }

    @Test func `Rows are kept no longer than until a later job has made the output complete`() async throws {
        try await JobBench.with(script: Self.picky) { bench in
            let (job, input) = try await Self.completed(bench)
            let still = try await Self.retry(job, bench)
            #expect(bench.workspace.keptBytes(of: job.name) > 0)
            try write("fixed", to: input + "/00004.txt")
            let whole = try await Self.retry(still, bench)
            #expect(whole.counts.failedFiles == 0)
            _ = try await wait(for: "the rows to be dropped", within: .seconds(10)) {
                [job, still, whole].allSatisfy { bench.workspace.keptBytes(of: $0.name) == 0 } ? true : nil
            }
        }
    }

    @Test func `Rows of a model are not mixed with those of another one under its name and version`() async throws {
        try await JobBench.with(script: Self.picky) { bench in
            let (job, _) = try await Self.completed(bench)
            let reference = AssetReference(name: "none", version: .exact("1"))
            try await bench.workspace.deleteEndpoint("bench")
            try await bench.workspace.deleteModel(reference)
            let gone = await #expect(throws: StudioError.self) {
                try await bench.workspace.retryFailed(RetryDraft(jobName: job.name))
            }
            #expect(gone?.code == .invalidState)
            expectMessage(gone, "retry/model-deleted", placeholders: [job.name: "JOB"])
            let registration = ModelRegistration(
                name: "none",
                version: "1",
                kind: .custom,
                path: bench.folder + "/model",
                source: "./model"
            )
            _ = try await bench.workspace.register(registration)
            let other = await #expect(throws: StudioError.self) {
                try await bench.workspace.retryFailed(RetryDraft(jobName: job.name))
            }
            #expect(other?.code == .invalidState)
            expectMessage(other, "retry/model-replaced", placeholders: [job.name: "JOB"])
            #expect(try await bench.workspace.jobs().count == 1)
        }
    }
}
