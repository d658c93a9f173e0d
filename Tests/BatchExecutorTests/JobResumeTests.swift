import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Glibc
import TestSupport
import Testing

@testable import BatchExecutor

/// Executors that end in the middle of a job, and those that come after them.
@Suite(.serialized) struct JobResumeTests {
    /// Writes down each file that it scores, and waits at file 5 for the flag.
    private static let noting = """
        import os, time
        def init():
            pass
        def run(mini_batch):
            while mini_batch[0].endswith("00005.txt") and not os.path.exists(os.environ["BENCH_FLAG"]):
                time.sleep(0.005)
            names = [os.path.basename(path) for path in mini_batch]
            with open(os.path.join(os.environ["BENCH_FOLDER"], "scored"), "a") as file:
                file.write("".join(name + "\\n" for name in names))
            return names
        """

    @Test func `A job resumes under the next executor, and gives the same bytes`() async throws {
        try await JobBench.with(script: Self.noting) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 12), overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 5)
            try await bench.executor.stop()
            let waiting = try await bench.workspace.job(job.name)
            #expect(waiting.state == .queued)
            #expect(waiting.counts.doneMiniBatches == 5)
            try bench.raiseFlag()
            try await bench.executor.start()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .completed, "\(ended.cause ?? "")")
            #expect(try bench.lines(of: ended) == JobBench.names(0..<12))
            #expect(ended.counts.rows == 12)
            let scored = try String(contentsOfFile: bench.folder + "/scored", encoding: .utf8).split(separator: "\n")
            #expect(scored.sorted() == JobBench.names(0..<12))
        }
    }

    @Test func `A job resumes after several executors`() async throws {
        let slow = """
            import os, time
            def init():
                pass
            def run(mini_batch):
                time.sleep(0.01)
                return [os.path.basename(path) for path in mini_batch]
            """
        try await JobBench.with(script: slow) { bench in
            let overrides = bench.overrides { $0.maxConcurrencyPerInstance = 2 }
            let job = try await bench.submit(try bench.makeInput(files: 60), overrides: overrides)
            for part in [10, 25, 40] {
                _ = try await bench.job(job.name, finishes: part)
                try await bench.executor.stop()
                try await bench.executor.start()
            }
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .completed)
            #expect(try bench.lines(of: ended) == JobBench.names(0..<60))
            #expect(ended.counts.doneMiniBatches == 60)
        }
    }

    @Test func `An executor that ends leaves no process behind`() async throws {
        try await JobBench.with(script: Self.noting) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 12), overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 5)
            try await bench.executor.stop()
            _ = try await wait(for: "the end of all processes", within: .seconds(10)) {
                livingProcesses(withEnvironment: "BENCH_FOLDER=\(bench.folder)").isEmpty ? true : nil
            }
        }
    }

    @Test func `Processes that a dead executor left are killed by the next`() async throws {
        try await JobBench.with(script: Self.noting) { bench in
            try await bench.executor.stop()
            let orphan = Process()
            orphan.executableURL = URL(filePath: "/bin/sleep")
            orphan.arguments = ["600"]
            let mark = Orphans.mark(of: bench.workspace.folder.path)
            orphan.environment = ["BATCHSTUDIO_WORKSPACE_ID": mark]
            try orphan.run()
            // Just after it was spawned a process may have no environment to be seen yet.
            _ = try await wait(for: "the orphan's start", within: .seconds(10)) {
                livingProcesses(withEnvironment: "BATCHSTUDIO_WORKSPACE_ID=\(mark)").isEmpty ? nil : true
            }
            try await bench.executor.start()
            _ = try await wait(for: "the orphan's end", within: .seconds(10)) { orphan.isRunning ? nil : true }
        }
    }

    @Test func `Processes of another workspace are left alone`() async throws {
        let other = Process()
        other.executableURL = URL(filePath: "/bin/sleep")
        other.arguments = ["600"]
        other.environment = ["BATCHSTUDIO_WORKSPACE_ID": "/some/workspace-of-another"]
        try other.run()
        // Not SIGTERM: Foundation's child inherits the blocked signals of Swift's threads.
        defer { kill(other.processIdentifier, SIGKILL) }
        #expect(Orphans.killAll(markedBy: "/some/workspace") == 0)
        #expect(other.isRunning)
    }

    @Test func `A job that was killed between its output and its end is Completed by the next executor`() async throws {
        try await JobBench.with(script: Self.noting) { bench in
            try bench.raiseFlag()
            let job = try await bench.run(try bench.makeInput(files: 6), overrides: bench.overrides())
            try await bench.executor.stop()
            // The output is in its place; the workspace does not know yet.
            _ = try runPython(
                "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(\"UPDATE job SET state = 'Finalizing'\"); c.commit()",
                [bench.workspace.folder.database]
            )
            let bytes = try bench.output(of: job)
            try await bench.executor.start()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .completed, "\(ended.cause ?? "")")
            #expect(try bench.output(of: ended) == bytes)
        }
    }

    @Test func `A summary_only job resumes although its script has written to its folder`() async throws {
        let script = """
            import os, time
            def init():
                pass
            def run(mini_batch):
                while mini_batch[0].endswith("00002.txt") and not os.path.exists(os.environ["BENCH_FLAG"]):
                    time.sleep(0.005)
                name = os.path.basename(mini_batch[0])
                with open(os.path.join(os.environ["AZUREML_BI_OUTPUT_PATH"], name), "w") as file:
                    file.write(name)
                return mini_batch
            """
        try await JobBench.with(script: script) { bench in
            let overrides = bench.overrides { $0.outputAction = .summaryOnly }
            let job = try await bench.submit(try bench.makeInput(files: 4), overrides: overrides)
            _ = try await bench.job(job.name, finishes: 2)
            try await bench.executor.stop()
            try bench.raiseFlag()
            try await bench.executor.start()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .completed, "\(ended.cause ?? "")")
            let files = try FileManager.default.contentsOfDirectory(atPath: job.specification.output.folder)
            #expect(files.count == 4)
        }
    }

    @Test func `A job of which all files failed has failed under the next executor too`() async throws {
        let script = """
            import os, time
            def init():
                pass
            def run(mini_batch):
                while mini_batch[0].endswith("00002.txt") and not os.path.exists(os.environ["BENCH_FLAG"]):
                    time.sleep(0.005)
                raise ValueError("no")
            """
        try await JobBench.with(script: script) { bench in
            let overrides = bench.overrides { $0.maxRetries = 1 }
            let job = try await bench.submit(try bench.makeInput(files: 3), overrides: overrides)
            _ = try await bench.job(job.name, finishes: 2)
            try await bench.executor.stop()
            try bench.raiseFlag()
            try await bench.executor.start()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .failed)
            expectMessage(ended.cause, "cause/all-failed-after-resume")
        }
    }

    @Test func `A cancel that no executor received is carried out by the next executor`() async throws {
        try await JobBench.with(script: Self.noting) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 12), overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 5)
            _ = try await bench.workspace.requestCancel(of: job.name)
            try await bench.executor.stop()
            try await bench.executor.start()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .canceled)
            expectMessage(ended.cause, "cause/canceled")
        }
    }

    @Test func `A job whose compute target is gone fails, and does not run here`() async throws {
        try await JobBench.with(script: JobCancelTests.waiting) { bench in
            let target = ComputeTarget(name: "away", kind: .amlCompute, createdAt: Date())
            _ = try await bench.workspace.save(target)
            let input = try bench.makeInput(files: 12)
            var invocation = Invocation(endpointName: "bench", input: .local(input), overrides: bench.overrides())
            invocation.compute = target.name
            let job = try await bench.workspace.invoke(invocation)
            await bench.executor.wake()
            _ = try await bench.job(job.name, finishes: 5)
            try await bench.cancel(job.name)
            _ = try await bench.end(of: job.name)
            try await bench.workspace.deleteComputeTarget(target.name)
            try bench.raiseFlag()
            _ = try await bench.workspace.resume(job.name)
            await bench.executor.wake()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .failed)
            #expect(ended.cause?.contains("There is no compute target named 'away'") == true, "\(ended.cause ?? "")")
            #expect(ended.counts.doneMiniBatches == 5)
        }
    }
}
