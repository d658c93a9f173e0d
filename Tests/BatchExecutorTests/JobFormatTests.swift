import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// The formats that an output can have.
@Suite(.serialized) struct JobFormatTests {
    private static let script = """
        import os
        def init():
            pass
        def run(mini_batch):
            rows = []
            for path in mini_batch:
                row = {"file": os.path.basename(path), "length": len(open(path).read())}
                if "extra" in open(path).read():
                    row["extra, quoted"] = None
                rows.append(row)
            return rows
        """

    @Test func `A header is written once, also when an earlier executor scored the first mini-batches`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let input = try bench.makeInput(files: 40) { _ in "extra" }
            let overrides = bench.overrides { $0.outputHeader = true }
            let job = try await bench.submit(input, overrides: overrides)
            _ = try await bench.job(job.name, finishes: 3)
            try await bench.executor.stop()
            try await bench.executor.start()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .completed, "\(ended.cause ?? "")")
            let lines = try bench.lines(of: ended)
            #expect(lines.count == 41)
            #expect(lines[0] == #"file,length,"extra, quoted""#)
            #expect(lines[1] == "00000.txt,5,")
            #expect(lines[40] == "00039.txt,5,")
        }
    }

    @Test(arguments: [nil, "{", "[]"])
    func `A job whose file of columns is damaged or gone fails when it resumes`(contents: String?) async throws {
        let waiting = Self.script.replacing(
            "    rows = []",
            with: """
                    import time
                    while mini_batch[0].endswith("00005.txt") and not os.path.exists(os.environ["BENCH_FLAG"]):
                        time.sleep(0.005)
                    rows = []
                """
        )
        try await JobBench.with(script: waiting) { bench in
            let input = try bench.makeInput(files: 9) { _ in "extra" }
            let job = try await bench.submit(input, overrides: bench.overrides { $0.outputHeader = true })
            _ = try await bench.job(job.name, finishes: 3)
            try await bench.executor.stop()
            try bench.raiseFlag()
            let columns = bench.workspace.folder.job(job.name).columns
            try FileManager.default.removeItem(atPath: columns)
            if let contents { try write(contents, to: columns) }
            try await bench.executor.start()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .failed)
            expectMessage(
                ended.cause,
                "cause/columns \(contents ?? "gone")",
                placeholders: [bench.folder: "FOLDER", job.name: "JOB"]
            )
        }
    }

    @Test func `Mini-batches with other columns fail a job whose output has a header`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let input = try bench.makeInput(files: 2) { $0 == 1 ? "extra" : "plain" }
            let job = try await bench.run(input, overrides: bench.overrides { $0.outputHeader = true })
            #expect(job.state == .failed)
            expectMessage(job.cause, "cause/columns-differ")
        }
    }

    @Test func `A name that ends in .jsonl gets an object a row`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let overrides = bench.overrides {
                $0.outputFileName = "scores.jsonl"
                $0.miniBatchSize = 2
            }
            let job = try await bench.run(
                try bench.makeInput(files: 2) { $0 == 1 ? "extra" : "plain" },
                overrides: overrides
            )
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(
                try bench.lines(of: job) == [
                    #"{"file": "00000.txt", "length": 5, "extra, quoted": null}"#,
                    #"{"file": "00001.txt", "length": 5, "extra, quoted": null}"#,
                ]
            )
        }
    }

    @Test func `Parquet without pyarrow is refused before anything is scored`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let overrides = bench.overrides { $0.outputFileName = "scores.parquet" }
            let job = try await bench.run(try bench.makeInput(files: 2), overrides: overrides)
            #expect(job.state == .failed)
            #expect(job.counts.finishedMiniBatches == 0)
            #expect(job.cause?.contains("pyarrow") == true, "\(job.cause ?? "")")
        }
    }
}
