import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Testing

@testable import BatchExecutor

/// Mini-batches that fail as a whole, split down to their bad files.
@Suite(.serialized) struct JobBisectionTests {
    /// A file's content says what happens to who scores it.
    private static let script = """
        import os, signal, time
        import batchstudio_runtime as runtime
        def init():
            pass
        def run(mini_batch):
            rows = []
            for path in mini_batch:
                name, word = os.path.basename(path), open(path).read().strip()
                if word == "raise":
                    raise ValueError("bad luck with " + name)
                if word == "index":
                    [][1]
                if word == "exit":
                    raise SystemExit(3)
                if word == "kill":
                    os.kill(os.getpid(), signal.SIGKILL)
                if word == "hang":
                    time.sleep(600)
                if word == "report":
                    runtime.file_failed(path, "reported " + name)
                    continue
                rows.append(name)
            return rows
        """

    private func overrides(
        _ bench: JobBench,
        _ change: (inout SettingsOverrides) -> Void = { _ in }
    ) -> SettingsOverrides {
        bench.overrides {
            $0.miniBatchSize = 10
            $0.maxRetries = 1
            change(&$0)
        }
    }

    @Test func `Good files keep their rows in input order, and each bad one has its own reason`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let bad = [3: "raise", 7: "raise", 12: "index", 13: "exit", 25: "report"]
            let input = try bench.makeInput(files: 30) { bad[$0] ?? "fine" }
            let job = try await bench.run(input, overrides: overrides(bench) { $0.maxRetries = 2 })
            #expect(job.state == .completed, "\(job.cause ?? "")")
            let good = JobBench.names(0..<30).enumerated().filter { bad[$0.offset] == nil }.map(\.element)
            #expect(try bench.lines(of: job) == good)
            let failures = try await bench.workspace.failures(of: job.name)
            #expect(failures.map(\.file) == ["00003.txt", "00007.txt", "00012.txt", "00013.txt", "00025.txt"])
            #expect(failures.map(\.type) == ["ValueError", "ValueError", "IndexError", "SystemExit", "FileFailed"])
            #expect(failures[1].message.hasSuffix("00007.txt"))
            #expect(job.counts.failedFiles == 5)
            #expect(job.counts.succeededFiles == 25)
        }
    }

    @Test func `A file that kills its worker is found, and the others are scored`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let input = try bench.makeInput(files: 10) { $0 == 4 ? "kill" : $0 == 8 ? "raise" : "fine" }
            let job = try await bench.run(input, overrides: overrides(bench))
            #expect(job.state == .completed, "\(job.cause ?? "")")
            let good = JobBench.names(0..<4) + JobBench.names(5..<8) + JobBench.names(9..<10)
            #expect(try bench.lines(of: job) == good)
            let failures = try await bench.workspace.failures(of: job.name).sorted { $0.file < $1.file }
            #expect(failures.map(\.file) == ["00004.txt", "00008.txt"])
            #expect(failures.map(\.type) == ["WorkerDied", "ValueError"])
        }
    }

    @Test func `Several files that kill their workers are all found`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let input = try bench.makeInput(files: 8) { [0, 1, 2, 3, 5].contains($0) ? "kill" : "fine" }
            let job = try await bench.run(
                input,
                overrides: overrides(bench) {
                    $0.miniBatchSize = 8
                    $0.maxRetries = 3
                }
            )
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.lines(of: job) == JobBench.names(4..<5) + JobBench.names(6..<8))
            #expect(job.counts.failedFiles == 5)
        }
    }

    @Test func `A file that hangs is found by the deadline of each part`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let input = try bench.makeInput(files: 4) { $0 == 1 ? "hang" : "fine" }
            let job = try await bench.run(
                input,
                overrides: overrides(bench) {
                    $0.miniBatchSize = 4
                    $0.timeout = 1
                }
            )
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.lines(of: job) == JobBench.names(0..<1) + JobBench.names(2..<4))
            let failures = try await bench.workspace.failures(of: job.name)
            #expect(failures.map(\.type) == ["Timeout"])
            #expect(failures.map(\.file) == ["00001.txt"])
        }
    }

    @Test func `When all its files are bad the mini-batch has failed, each file for its own reason`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let input = try bench.makeInput(files: 20) { $0 < 10 ? "raise" : "fine" }
            let job = try await bench.run(input, overrides: overrides(bench))
            #expect(job.counts.failedMiniBatches == 1)
            #expect(job.counts.failedFiles == 10)
            let failures = try await bench.workspace.failures(of: job.name)
            #expect(Set(failures.map(\.message)).count == 10)
        }
    }

    @Test func `Three thousand files fail with their own reasons in one mini-batch`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let input = try bench.makeInput(files: 3000) { $0 == 0 ? "fine" : "report" }
            let job = try await bench.run(input, overrides: overrides(bench) { $0.miniBatchSize = 3000 })
            let failures = try await bench.workspace.failures(of: job.name, limit: 5000)
            #expect(failures.count == 2999)
            #expect(failures.allSatisfy { $0.message == "reported " + $0.file })
            #expect(job.counts.failedFiles == 2999)
        }
    }
}

struct BisectionTests {
    @Test func `A death narrows down the part it happened over`() {
        var bisection = Bisection(files: 8, attempts: 3)
        let goesOn = bisection.workerDied(over: 2..<4, .init(type: "Timeout", message: ""))
        #expect(goesOn)
        #expect(bisection.parts == [0..<2, 2..<3, 3..<4, 4..<8])
        #expect(bisection.bad.isEmpty)
    }

    @Test func `A file over which alone a worker died is left out`() {
        var bisection = Bisection(files: 3, attempts: 1)
        let goesOn = bisection.workerDied(over: 1..<2, .init(type: "Timeout", message: ""))
        #expect(goesOn)
        #expect(bisection.parts == [0..<1, 2..<3])
        #expect(bisection.bad.keys.sorted() == [1])
    }

    @Test func `A single part is to blame when none was told`() {
        var bisection = Bisection(files: 4, attempts: 3)
        for part in [nil, 0..<2, 0..<1, 1..<2] {
            let goesOn = bisection.workerDied(over: part, .init(type: "Timeout", message: ""))
            #expect(goesOn)
        }
        #expect(bisection.parts == [2..<4])
        let goesOn = bisection.workerDied(over: nil, .init(type: "Timeout", message: ""))
        #expect(goesOn)
        #expect(bisection.parts == [2..<3, 3..<4])
    }

    @Test func `No file is blamed when a worker died before its first part`() {
        var bisection = Bisection(files: 4, attempts: 3)
        for part in [nil, Range<Int>?.none] {
            let goesOn = bisection.workerDied(over: part, .init(type: "WorkerDied", message: ""))
            #expect(goesOn)
        }
        #expect(bisection.parts == [0..<2, 2..<4])
        #expect(bisection.bad.isEmpty)
    }

    @Test func `The deaths are bounded by the tries times the logarithm of the files`() {
        var bisection = Bisection(files: 1000, attempts: 3)
        var deaths = 0
        while let part = bisection.parts.first, deaths < 1000 {
            deaths += 1
            if !bisection.workerDied(over: part, .init(type: "Timeout", message: "")) { break }
        }
        #expect(deaths == 34)
    }
}
