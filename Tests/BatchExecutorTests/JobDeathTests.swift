import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// Workers that die, hang, or take too long.
@Suite(.serialized) struct JobDeathTests {
    /// Does something terrible to itself on the first try of file 2, or on every try when its content is `always`.
    private static func script(_ death: String) -> String {
        """
        import ctypes, os, re, signal, sys, time
        def init():
            pass
        def run(mini_batch):
            for path in mini_batch:
                flag = os.environ["BENCH_FLAG"]
                if path.endswith("00002.txt") and (not os.path.exists(flag) or "always" in open(path).read()):
                    open(flag, "w").close()
                    \(death)
            return [os.path.basename(path) for path in mini_batch]
        """
    }

    @Test(arguments: [
        ("os._exit(3)", "exited with code 3"),
        ("sys.stdout.flush(); ctypes.string_at(0)", "was killed by signal 11 (SIGSEGV)"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "was killed by signal 9 (SIGKILL)"),
    ])
    func `A worker's death costs one try of the mini-batch in work`(death: String, end: String) async throws {
        try await JobBench.with(script: Self.script(death)) { bench in
            let job = try await bench.run(try bench.makeInput(files: 8), overrides: bench.overrides())
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.lines(of: job) == JobBench.names(0..<8))
            let log = try bench.log(of: job)
            #expect(log.contains("Mini-batch 2: WorkerDied"), "\(log)")
            #expect(log.contains(end), "\(log)")
            #expect(!log.contains("Mini-batch 3: WorkerDied"))
        }
    }

    @Test func `A file that kills each worker fails alone`() async throws {
        try await JobBench.with(script: Self.script("os._exit(9)")) { bench in
            let job = try await bench.run(
                try bench.makeInput(files: 6) { $0 == 2 ? "always" : "" },
                overrides: bench.overrides { $0.maxConcurrencyPerInstance = 2 }
            )
            #expect(job.state == .completed)
            #expect(try bench.lines(of: job) == JobBench.names(0..<2) + JobBench.names(3..<6))
            let failures = try await bench.workspace.failures(of: job.name)
            #expect(failures.map(\.file) == ["00002.txt"])
            #expect(failures.map(\.type) == ["WorkerDied"])
            expectMessage(failures.first?.message, "failure/worker-exited")
            #expect(failures.map(\.attempt) == [3])
        }
    }

    @Test func `run() that takes too long is killed and tried again`() async throws {
        try await JobBench.with(script: Self.script("time.sleep(600)")) { bench in
            let job = try await bench.run(try bench.makeInput(files: 5), overrides: bench.overrides { $0.timeout = 1 })
            #expect(job.state == .completed)
            #expect(try bench.lines(of: job) == JobBench.names(0..<5))
            let log = try bench.log(of: job)
            #expect(log.contains("Mini-batch 2: Timeout: ") && log.contains("retry_settings.timeout"), "\(log)")
            let errors = bench.workspace.folder.job(job.name).logs + "/sys/error/local.txt"
            let told = try String(contentsOfFile: errors, encoding: .utf8)
            #expect(told.contains("for its timeout: "))
            #expect(!told.contains("memory runs out"))
        }
    }

    @Test func `A regex that holds the interpreter lock is killed too`() async throws {
        try await JobBench.with(script: Self.script("re.match('(a+)+b', 'a' * 40)")) { bench in
            let overrides = bench.overrides {
                $0.timeout = 1
                $0.maxRetries = 1
            }
            let job = try await bench.run(try bench.makeInput(files: 4), overrides: overrides)
            #expect(job.state == .completed)
            let failures = try await bench.workspace.failures(of: job.name)
            #expect(failures.map(\.file) == ["00002.txt"])
            #expect(failures.map(\.type) == ["Timeout"])
        }
    }

    @Test func `Children of a worker that took too long are killed with it`() async throws {
        let death = """
            __import__("subprocess").call(["sleep", "600"], env=dict(os.environ, BENCH_CHILD=os.environ["BENCH_FOLDER"]))
            """
        try await JobBench.with(script: Self.script(death)) { bench in
            let job = try await bench.run(try bench.makeInput(files: 4), overrides: bench.overrides { $0.timeout = 1 })
            #expect(job.state == .completed)
            #expect(livingProcesses(withEnvironment: "BENCH_CHILD=\(bench.folder)").isEmpty)
        }
    }

    @Test func `Workers that die in init() end the job after a few`() async throws {
        let script = "import os\ndef init(): os._exit(4)\ndef run(mini_batch): return mini_batch"
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(try bench.makeInput(files: 3), overrides: bench.overrides())
            #expect(job.state == .failed)
            expectMessage(job.cause, "cause/workers-die-in-init")
        }
    }

    @Test func `The death of the host costs no more than a try`() async throws {
        try await JobBench.with(script: Self.script("os.kill(os.getppid(), signal.SIGKILL); time.sleep(60)")) { bench in
            let job = try await bench.run(try bench.makeInput(files: 8), overrides: bench.overrides())
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.lines(of: job) == JobBench.names(0..<8))
        }
    }
}
