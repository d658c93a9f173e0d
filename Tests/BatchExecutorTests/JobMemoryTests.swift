import BatchDomain
import BatchWorkspace
import TestSupport
import Testing

@testable import BatchExecutor

/// Workers that want more memory than they may have.
@Suite(.serialized) struct JobMemoryTests {
    /// Takes 300 MB for file 2, by this expression.
    private static func script(_ greed: String, before: String = "") -> String {
        """
        import mmap, os, time
        \(before)
        def init():
            pass
        def run(mini_batch):
            for path in mini_batch:
                if path.endswith("00002.txt"):
                    hoard = \(greed)
            return [os.path.basename(path) for path in mini_batch]
        """
    }

    private static let size = "300 * 1000 * 1000"

    private func limits(_ bench: JobBench, _ limit: Int?) -> SettingsOverrides {
        bench.overrides {
            $0.maxRetries = 2
            $0.memoryLimitPerWorker = limit
        }
    }

    @Test(.timeLimit(.minutes(2))) func `A mini-batch that needs more than the limit fails, and says so`() async throws
    {
        try await JobBench.with(script: Self.script("bytearray(\(Self.size))")) { bench in
            let input = try bench.makeInput(files: 5)
            let job = try await bench.run(input, overrides: limits(bench, 200_000_000))
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.lines(of: job) == JobBench.names(0..<2) + JobBench.names(3..<5))
            let failures = try await bench.workspace.failures(of: job.name)
            #expect(failures.map(\.file) == ["00002.txt"])
            #expect(failures.map(\.type) == ["MemoryError"])
            expectMessage(failures.first?.message, "failure/memory-error")
            #expect(failures.map(\.attempt) == [2])
        }
    }

    @Test(.timeLimit(.minutes(2))) func `Without a limit, or below it, nothing is in the way`() async throws {
        try await JobBench.with(script: Self.script("bytearray(\(Self.size))")) { bench in
            let input = try bench.makeInput(files: 4)
            for limit in [nil, 1_000_000_000] {
                let job = try await bench.run(input, overrides: limits(bench, limit))
                #expect(try bench.lines(of: job) == JobBench.names(0..<4), "\(job.cause ?? "")")
            }
        }
    }

    @Test(.timeLimit(.minutes(2))) func `Shared memory, which the system does not count, ends the worker`() async throws
    {
        let greed = "[mmap.mmap(-1, \(Self.size))]; hoard[0].write(b'x' * (\(Self.size))); time.sleep(600)"
        // What is written comes from a constant that must not count against the worker itself.
        let script = Self.script(greed.replacing("b'x' * (\(Self.size))", with: "b''"))
            .replacing("hoard[0].write(b'')", with: "[hoard[0].write(b'x' * 4096) for _ in range(73000)]")
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(try bench.makeInput(files: 4), overrides: limits(bench, 200_000_000))
            #expect(job.state == .completed, "\(job.cause ?? "")")
            let failures = try await bench.workspace.failures(of: job.name)
            #expect(failures.map(\.type) == ["OutOfMemory"])
            expectMessage(failures.first?.message.replacing(/held \d+/, with: "held N"), "failure/out-of-memory")
        }
    }

    @Test(.timeLimit(.minutes(2))) func `Children of a worker count, even one in a session of its own, and go with it`()
        async throws
    {
        let before = """
            import subprocess, sys
            def child(alone):
                program = "import time; hoard = bytearray(150 * 1000 * 1000); time.sleep(600)"
                variables = dict(os.environ, BENCH_CHILD=os.environ["BENCH_FOLDER"])
                return subprocess.Popen([sys.executable, "-c", program], env=variables, start_new_session=alone)
            """
        // Each child is below the limit; only together are they beyond it.
        let script = Self.script("[child(False), child(True)]; time.sleep(600)", before: before)
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(try bench.makeInput(files: 4), overrides: limits(bench, 200_000_000))
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.lines(of: job) == JobBench.names(0..<2) + JobBench.names(3..<4))
            let failures = try await bench.workspace.failures(of: job.name)
            #expect(failures.map(\.file) == ["00002.txt"])
            #expect(failures.map(\.type) == ["OutOfMemory"])
            expectMessage(
                failures.first?.message.replacing(/held \d+/, with: "held N"),
                "failure/out-of-memory-with-children"
            )
            #expect(livingProcesses(withEnvironment: "BENCH_CHILD=\(bench.folder)").isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(2))) func `What a worker's children share with it counts once`() async throws {
        let greed = """
            bytearray(120 * 1000 * 1000); pids = [os.fork() for _ in range(1)]
                        if pids[0] == 0: time.sleep(2); os._exit(0)
                        os.waitpid(pids[0], 0)
            """
        try await JobBench.with(script: Self.script(greed)) { bench in
            let job = try await bench.run(try bench.makeInput(files: 4), overrides: limits(bench, 200_000_000))
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.lines(of: job) == JobBench.names(0..<4))
        }
    }

    @Test(.timeLimit(.minutes(2))) func `A model that does not fit is told before anything is scored`() async throws {
        let before = "MODEL = bytearray(\(Self.size))"
        try await JobBench.with(script: Self.script("0", before: before)) { bench in
            let job = try await bench.run(try bench.makeInput(files: 2), overrides: limits(bench, 200_000_000))
            #expect(job.state == .failed)
            expectMessage(job.cause?.replacing(/holds 3\d\d/, with: "holds 3NN"), "cause/script-too-large")
        }
    }

    @Test func `A cell that looks like a formula is kept as it is`() async throws {
        let script = """
            def init():
                pass
            def run(mini_batch):
                return [["=HYPERLINK(\\"http://x\\")", "+1", "@SUM(1)", "-2"] for _ in mini_batch]
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(try bench.makeInput(files: 1), overrides: bench.overrides())
            #expect(try bench.output(of: job) == "\"=HYPERLINK(\"\"http://x\"\")\",+1,@SUM(1),-2\n")
        }
    }
}
