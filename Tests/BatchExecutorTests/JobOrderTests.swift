import BatchDomain
import Foundation
import Testing

@testable import BatchExecutor

@Suite(.serialized) struct JobOrderTests {
    /// Slower for early files, so that late ones overtake them.
    static let uneven = """
        import os, time
        def init():
            pass
        def run(mini_batch):
            names = [os.path.basename(path) for path in mini_batch]
            if names[0] < "00010.txt":
                time.sleep(0.02)
            return names
        """

    @Test(arguments: [1, 2])
    func `A job scores every file once, in input order`(workers: Int) async throws {
        try await JobBench.with(script: Self.uneven) { bench in
            var overrides = SettingsOverrides()
            overrides.maxConcurrencyPerInstance = workers
            overrides.miniBatchSize = 3
            let job = try await bench.run(try bench.makeInput(files: 100), overrides: overrides)
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.lines(of: job) == JobBench.names(0..<100))
            #expect(job.counts.succeededFiles == 100)
            #expect(job.counts.rows == 100)
            #expect(job.counts.doneMiniBatches == 34)
        }
    }

    @Test func `One worker and two make the same bytes`() async throws {
        try await JobBench.with(script: Self.uneven) { bench in
            let input = try bench.makeInput(files: 60)
            let alone = try await bench.run(input, overrides: bench.overrides())
            let both = try await bench.run(input, overrides: bench.overrides { $0.maxConcurrencyPerInstance = 2 })
            #expect(try bench.output(of: alone) == bench.output(of: both))
        }
    }

    @Test func `Two jobs of one deployment at the same time keep their rows apart`() async throws {
        try await JobBench.with(script: Self.uneven) { bench in
            let first = try await bench.submit(try bench.makeInput(files: 40), overrides: bench.overrides())
            let second = try await bench.submit(
                try bench.makeInput(files: 25, named: "other"),
                overrides: bench.overrides()
            )
            let ends = [try await bench.end(of: first.name), try await bench.end(of: second.name)]
            #expect(ends.map(\.state) == [.completed, .completed])
            #expect(try bench.lines(of: first) == JobBench.names(0..<40))
            #expect(try bench.lines(of: second) == JobBench.names(0..<25))
        }
    }

    @Test func `The second job of a deployment finds the host warm`() async throws {
        let script = """
            import os
            def preload():
                with open(os.environ["BENCH_FLAG"], "a") as file:
                    file.write("loaded\\n")
            def init():
                pass
            def run(mini_batch):
                return mini_batch
            """
        try await JobBench.with(script: script) { bench in
            let input = try bench.makeInput(files: 2)
            for _ in 0..<3 {
                let job = try await bench.run(input, overrides: bench.overrides())
                #expect(job.state == .completed, "\(job.cause ?? "")")
            }
            #expect(try String(contentsOfFile: bench.flag, encoding: .utf8) == "loaded\n")
        }
    }

    @Test func `Lines of the log have a time and a level`() async throws {
        try await JobBench.with(script: Self.uneven) { bench in
            let job = try await bench.run(try bench.makeInput(files: 1))
            let form = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} (INFO|WARNING) .+/
            for line in try bench.log(of: job).split(separator: "\n") { #expect(line.wholeMatch(of: form) != nil) }
        }
    }

    @Test func `A single file is an input too`() async throws {
        try await JobBench.with(script: Self.uneven) { bench in
            let input = try bench.makeInput(files: 1)
            let job = try await bench.run(input + "/00000.txt", overrides: bench.overrides())
            #expect(try bench.lines(of: job) == ["00000.txt"])
        }
    }

    @Test func `A failed job leaves no part of an output`() async throws {
        try await JobBench.with(script: "def init(): pass\ndef run(mini_batch): raise ValueError('no')") { bench in
            let job = try await bench.run(try bench.makeInput(files: 2), overrides: bench.overrides())
            #expect(job.state == .failed)
            let left = try FileManager.default.contentsOfDirectory(atPath: job.specification.output.folder)
            #expect(left.isEmpty)
        }
    }
}
