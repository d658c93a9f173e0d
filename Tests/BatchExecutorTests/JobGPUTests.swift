import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// Jobs that hold GPUs, on a machine whose `nvidia-smi` lists some.
@Suite(.serialized) struct JobGPUTests {
    /// Reports what CUDA and HIP would learn when it is imported, from `init()` on, and whether a process is shared.
    private static let script = """
        import os
        import time
        NAMES = ("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER")
        imported = [os.environ.get(name) for name in NAMES]
        process = os.getpid()
        def init():
            assert [os.environ.get(name) for name in NAMES] == imported
            open(os.path.join(os.environ["BENCH_FOLDER"], "ready-%d" % os.getpid()), "w").close()
        def run(mini_batch):
            folder = os.environ["BENCH_FOLDER"]
            end = time.time() + 30
            while time.time() < end and not os.path.exists(os.environ["BENCH_FLAG"]):
                time.sleep(0.02)
            return [[*map(str, imported), os.getpid() == process] for path in mini_batch]
        """

    private static func withGPUs(_ count: Int, _ body: (JobBench) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let variables = ["PATH": try StubGPUs.install(count, in: folder)]
            let gpus: GPUProvider = { await GPUListing.current(variables: variables) }
            try await JobBench.with(script: script, gpus: gpus, body)
        }
    }

    private static func workers(_ count: Int, of job: Job, in bench: JobBench) async throws -> [WorkerStatus] {
        try await wait(for: "\(count) scoring workers") {
            let workers = try await bench.workspace.workers(of: job.name)
            return workers.count { $0.activity == "scoring" } == count ? workers : nil
        }
    }

    @Test func `Each worker has GPUs of its own before anything is imported`() async throws {
        try await Self.withGPUs(2) { bench in
            let overrides = bench.overrides { ($0.maxConcurrencyPerInstance, $0.gpus) = (2, 2) }
            let job = try await bench.submit(try bench.makeInput(files: 12), overrides: overrides)
            let workers = try await Self.workers(2, of: job, in: bench)
            #expect(Set(workers.map(\.gpus)) == ["0", "1"])
            try bench.raiseFlag()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .completed, "\(ended.cause ?? "")")
            #expect(Set(try bench.lines(of: ended)) == ["0,0,PCI_BUS_ID,True", "1,1,PCI_BUS_ID,True"])
            let log = try bench.log(of: ended)
            #expect(log.contains("has GPU 0: Tesla T4") && log.contains("has GPU 1: Tesla T4"))
        }
    }

    @Test func `One worker has all GPUs of its job, and workers_per_gpu lets two share one`() async throws {
        try await Self.withGPUs(2) { bench in
            try bench.raiseFlag()
            let input = try bench.makeInput(files: 12)
            let alone = try await bench.run(input, overrides: bench.overrides { $0.gpus = 2 })
            #expect(try bench.lines(of: alone) == Array(repeating: "\"0,1\",\"0,1\",PCI_BUS_ID,True", count: 12))
            try FileManager.default.removeItem(atPath: bench.flag)
            let overrides = bench.overrides {
                ($0.maxConcurrencyPerInstance, $0.gpus, $0.workersPerGPU) = (2, 1, 2)
            }
            let shared = try await bench.submit(input, overrides: overrides)
            let workers = try await Self.workers(2, of: shared, in: bench)
            #expect(workers.map(\.gpus) == ["0", "0"])
            try bench.raiseFlag()
            #expect(try await bench.end(of: shared.name).state == .completed)
        }
    }

    @Test func `A job that asks for more than there are fails with what was found`() async throws {
        try await Self.withGPUs(1) { bench in
            let job = try await bench.run(try bench.makeInput(files: 1), overrides: bench.overrides { $0.gpus = 2 })
            #expect(job.state == .failed)
            #expect(job.cause?.hasPrefix("resources.gpus is 2, but there is 1 GPU (0: Tesla T4, 16.1 GB).") == true)
            #expect(job.counts.finishedMiniBatches == 0)
        }
    }

    @Test func `A job waits for the GPUs that another one holds`() async throws {
        try await Self.withGPUs(1) { bench in
            let input = try bench.makeInput(files: 1)
            let first = try await bench.submit(input, overrides: bench.overrides { $0.gpus = 1 })
            _ = try await Self.workers(1, of: first, in: bench)
            let second = try await bench.submit(input, overrides: bench.overrides { $0.gpus = 1 })
            let third = try await bench.submit(input, overrides: bench.overrides())
            await bench.executor.wake()
            #expect(try await bench.workspace.job(second.name).state == .queued)
            try bench.raiseFlag()
            for job in [first, second, third] {
                let ended = try await bench.end(of: job.name)
                #expect(ended.state == .completed, "\(ended.cause ?? "")")
            }
            let started = try await bench.workspace.job(second.name).startedAt
            let ended = try await bench.workspace.job(first.name).endedAt
            #expect(try #require(started) >= #require(ended))
        }
    }

    @Test func `A job without GPUs is as it was: forked workers that see what the executor sees`() async throws {
        try await Self.withGPUs(1) { bench in
            try bench.raiseFlag()
            let job = try await bench.run(try bench.makeInput(files: 1), overrides: bench.overrides())
            let seen = ProcessInfo.processInfo.environment["CUDA_VISIBLE_DEVICES"] ?? "None"
            #expect(try bench.lines(of: job) == ["\(seen),None,None,False"])
        }
    }
}
