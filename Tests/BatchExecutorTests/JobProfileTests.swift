import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// The profiles of jobs' rows.
@Suite(.serialized) struct JobProfileTests {
    /// Returns a class and a number for each of twenty rows of a file; from file 6 on it waits for the flag.
    private static let script = """
        import os, time
        def init():
            pass
        def run(mini_batch):
            rows = []
            for path in mini_batch:
                number = int(os.path.basename(path)[:5])
                while number >= 6 and not os.path.exists(os.environ["BENCH_FLAG"]):
                    time.sleep(0.005)
                rows += [["even" if place % 2 == 0 else "odd", number + place / 100] for place in range(20)]
            return rows
        """

    private func profile(of job: Job, in bench: JobBench) throws -> Data {
        try Data(contentsOf: URL(filePath: bench.workspace.folder.job(job.name).profile))
    }

    @Test func `It is the same whatever the workers and however often the job was resumed, as is its drift`()
        async throws
    {
        try await JobBench.with(script: Self.script) { bench in
            let baseline = try await bench.run(try bench.makeInput(files: 6, named: "before"))
            _ = try await bench.workspace.setBaseline(baseline.name, of: "bench")
            let input = try bench.makeInput(files: 12)
            let resumed = try await bench.submit(input, overrides: bench.overrides { $0.miniBatchSize = 2 })
            _ = try await bench.job(resumed.name, finishes: 3)
            try await bench.executor.stop()
            try bench.raiseFlag()
            try await bench.executor.start()
            let ended = try await bench.end(of: resumed.name)
            #expect(ended.state == .completed)
            #expect(ended.drift?.level == .warning)
            let first = try profile(of: resumed, in: bench)
            let numbers = try #require(JSONSerialization.jsonObject(with: first) as? [String: Any])
            #expect(numbers["rows"] as? Int == 240)
            #expect(numbers["mini_batches"] as? Int == 6)
            let columns = try #require(numbers["columns"] as? [[String: Any]])
            #expect(columns.map { $0["distinct"] as? Int } == [2, 240])
            #expect((columns[0]["values"] as? [[Any]])?.map { $0[1] as? Int } == [120, 120])
            let statistics = try #require(columns[1]["numbers"] as? [String: Any])
            #expect(statistics["min"] as? Double == 0)
            #expect(statistics["max"] as? Double == 11.19)
            #expect(abs((statistics["mean"] as? Double ?? 0) - 5.595) < 1e-9)
            let overrides = bench.overrides {
                $0.miniBatchSize = 2
                $0.maxConcurrencyPerInstance = 2
            }
            let other = try await bench.run(input, overrides: overrides)
            #expect(other.state == .completed, "\(other.cause ?? "")")
            #expect(try profile(of: other, in: bench) == first)
            #expect(try await bench.workspace.job(other.name).drift == ended.drift)
        }
    }

    @Test func `A job with the profile off has none`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let job = try await bench.run(
                try bench.makeInput(files: 3),
                overrides: bench.overrides { $0.profile = .off }
            )
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.lines(of: job).count == 60)
            #expect(throws: (any Error).self) { try profile(of: job, in: bench) }
        }
    }

    @Test func `A job whose profile can't be made is Completed, and says so in its log`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 7), overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 3)
            let folder = bench.workspace.folder.job(job.name)
            try FileManager.default.createDirectory(
                atPath: folder.profile + ".partial",
                withIntermediateDirectories: false
            )
            try bench.raiseFlag()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .completed, "\(ended.cause ?? "")")
            #expect(try bench.lines(of: ended).count == 140)
            #expect(try bench.log(of: ended).contains("The profile of the predictions could not be made"))
        }
    }

    @Test(arguments: ["predictions.csv", "predictions.jsonl"])
    func `A profile that is made again from the output is the same`(name: String) async throws {
        try await JobBench.with(script: Self.script) { bench in
            try bench.raiseFlag()
            let job = try await bench.run(
                try bench.makeInput(files: 12),
                overrides: bench.overrides { $0.outputFileName = name }
            )
            #expect(job.state == .completed, "\(job.cause ?? "")")
            let made = try JSONDecoder().decode(Kept.self, from: try profile(of: job, in: bench))
            try FileManager.default.removeItem(atPath: bench.workspace.folder.job(job.name).profile)
            let rebuild = ProfileRebuild(in: bench.workspace, environments: { _, _, _ in try await Python.path() })
            try await rebuild.run(job) { _ in }
            let again = try JSONDecoder().decode(Kept.self, from: try profile(of: job, in: bench))
            #expect(again == made)
            #expect(made.rows == 240)
        }
    }

    @Test func `The profile of an output that is gone is refused`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let job = try await bench.run(try bench.makeInput(files: 2), overrides: bench.overrides())
            try FileManager.default.removeItem(atPath: try #require(job.specification.output.file))
            let rebuild = ProfileRebuild(in: bench.workspace, environments: { _, _, _ in try await Python.path() })
            await #expect(throws: StudioError.self) { try await rebuild.run(job) { _ in } }
        }
    }

    /// What a profile that is made again keeps to the last digit.
    private struct Kept: Decodable, Equatable {
        struct Column: Decodable, Equatable {
            struct Numbers: Decodable, Equatable {
                struct Histogram: Decodable, Equatable {
                    var counts: [Int]
                }

                var min: Double
                var max: Double
                var histogram: Histogram
            }

            var name: String
            var count: Int
            var distinct: Int?
            var kinds: [String: Int]
            var numbers: Numbers?
        }

        var rows: Int
        var columns: [Column]
    }
}
