import BatchDomain
import TestSupport
import Testing

@testable import BatchExecutor

/// What an executor logs of its jobs.
struct ExecutorLogTests {
    @Test func `has the steps of a job and the end of each worker that died`() async throws {
        let script = """
            import os, signal
            def init():
                pass
            def run(mini_batch):
                flag = os.environ["BENCH_FLAG"]
                if not os.path.exists(flag):
                    open(flag, "w").close()
                    os.kill(os.getpid(), signal.SIGKILL)
                return [os.path.basename(path) for path in mini_batch]
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(try bench.makeInput(files: 3), overrides: bench.overrides())
            #expect(job.state == .completed, "\(job.cause ?? "")")
            let log = bench.executor.log.text
            let steps = [
                " INFO The job starts. deployment=script job=\(job.name) workers=1\n",
                " INFO The environment is ready. job=",
                " INFO A worker has connected. job=", " WARNING A worker was killed by signal 9 (SIGKILL)",
                " DEBUG Mini-batch 0 failed and is scored again: WorkerDied", " INFO The job is Finalizing. job=",
                " INFO The job is Completed. job=",
            ]
            var rest = log[...]
            for step in steps {
                let place = try #require(rest.firstRange(of: step), "\(step) in \(log)")
                rest = rest[place.upperBound...]
            }
        }
    }
}
