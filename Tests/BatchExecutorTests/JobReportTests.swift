import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// The reports of an ended job.
@Suite(.serialized) struct JobReportTests {
    private static let failing = """
        import os
        def init():
            pass
        def run(mini_batch):
            if os.path.basename(mini_batch[0]) in ("00001.txt", "00003.txt"):
                raise ValueError('no, "never",\\nnot ' + os.path.basename(mini_batch[0]))
            return mini_batch
        """

    private static func failedFiles(of job: Job, _ bench: JobBench) throws -> String {
        try String(contentsOfFile: bench.workspace.folder.job(job.name).failedFiles, encoding: .utf8)
    }

    @Test func `Every failed file has its line, in input order, with its reason`() async throws {
        try await JobBench.with(script: Self.failing) { bench in
            let job = try await bench.run(
                try bench.makeInput(files: 5),
                overrides: bench.overrides { $0.maxRetries = 2 }
            )
            #expect(
                try Self.failedFiles(of: job, bench) == """
                    file,mini_batch,try,type,reason
                    00001.txt,1,2,ValueError,"no, ""never"", not 00001.txt"
                    00003.txt,3,2,ValueError,"no, ""never"", not 00003.txt"

                    """
            )
        }
    }

    @Test func `A failed job names its failed files too, and those of a canceled one are named`() async throws {
        try await JobBench.with(script: Self.failing) { bench in
            let overrides = bench.overrides {
                $0.maxRetries = 1
                $0.errorThreshold = 0
            }
            let job = try await bench.run(try bench.makeInput(files: 5), overrides: overrides)
            #expect(job.state == .failed)
            #expect(try Self.failedFiles(of: job, bench).contains("00001.txt,1,1,ValueError,"))
        }
        try await JobBench.with(script: JobCancelTests.waiting) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 10), overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 5)
            try await bench.cancel(job.name)
            let ended = try await bench.end(of: job.name)
            #expect(try Self.failedFiles(of: ended, bench) == "file,mini_batch,try,type,reason\n")
        }
    }

    @Test func `Every mini-batch has its line in the job report`() async throws {
        try await JobBench.with(script: Self.failing) { bench in
            let job = try await bench.run(
                try bench.makeInput(files: 3),
                overrides: bench.overrides { $0.maxRetries = 1 }
            )
            let folder = bench.workspace.folder.job(job.name).logs + "/sys/job_report"
            let table = try String(contentsOfFile: folder + "/processed_mini-batches.csv", encoding: .utf8)
                .split(separator: "\n")
            #expect(table.count == 4)
            #expect(table[0].hasPrefix("Mini-batch Id,Picked Count,Process,"))
            #expect(table[1].hasSuffix(",RUN_DONE,,"))
            #expect(table[2].contains(",1,0,1,"))
            #expect(table[2].contains(",RUN_EXCEPTION,ValueError,"))
            let summary = try String(contentsOfFile: folder + "/process_summary.csv", encoding: .utf8)
            #expect(summary.hasPrefix("Node,Process,Mini-batches,Total,Succeeded,Failed,Elapsed Seconds\nlocal,"))
        }
    }

    @Test func `The reports of a hundred thousand failures are exact and not held in memory`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 100) { bench in
            for id in 0..<100 {
                let failures = (0..<1000).map { file in
                    FileFailure(
                        file: String(format: "%05d.csv", id * 1000 + file),
                        miniBatch: id,
                        type: "ValueError",
                        message: "bad file \(file)",
                        attempt: 3
                    )
                }
                var record = bench.done(id, file: "a", offset: 0, bytes: 0)
                (record.outcome, record.files, record.failures, record.failedFiles) = (.failed, 1000, failures, 1000)
                _ = try await bench.workspace.journal([record], of: bench.job.name)
            }
            try await JobReports(workspace: bench.workspace, job: bench.job.name).write()
            let lines = try String(contentsOfFile: bench.folder.failedFiles, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 100_001)
            #expect(lines[1] == "00000.csv,0,3,ValueError,bad file 0")
            #expect(lines[100_000] == "99999.csv,99,3,ValueError,bad file 999")
        }
    }

    @Test func `The log tree holds what its readme promises`() async throws {
        try await JobBench.with(script: Self.failing) { bench in
            let job = try await bench.run(
                try bench.makeInput(files: 3),
                overrides: bench.overrides { $0.maxRetries = 1 }
            )
            let logs = bench.workspace.folder.job(job.name).logs
            func text(_ name: String) throws -> String {
                try String(contentsOfFile: logs + "/" + name, encoding: .utf8)
            }
            #expect(try text("readme.txt").contains("failed_files.csv"))
            #expect(try text("job_result.txt").contains("3 mini batches"))
            let role = try text("sys/master_role.txt")
            for words in [
                "Start scheduling.", "Scheduling finished. Scheduled 3 mini batches in ",
                "All 3 mini batches have been processed.", "temp files to concatenate. Total size is ",
                "The error threshold is -1.",
            ] {
                #expect(role.contains(words), "\(words)")
            }
            let node = try FileManager.default.contentsOfDirectory(atPath: logs + "/sys/node/local")
            let lines = try node.map { try text("sys/node/local/\($0)") }.joined()
            #expect(lines.split(separator: "\n").count == 3)
            #expect(lines.contains("mini-batch 1: process "))
            #expect(try text("user/error.txt").contains("00001.txt: ValueError: "))
            let errors = try FileManager.default.contentsOfDirectory(atPath: logs + "/user/error/local")
            let first = try #require(errors.first)
            #expect(try text("user/error/local/\(first)").contains("Traceback "))
            let top = try FileManager.default.contentsOfDirectory(atPath: logs)
            #expect(top.contains { $0.hasPrefix("job_progress_overview.") })
            #expect(try text("perf/local/node_resource_usage.csv").hasPrefix("Utc Time,"))
        }
    }

    @Test func `A log that grows long is thinned out, and says so`() async throws {
        try await withTemporaryFolder { folder in
            let log = LogFile(at: folder + "/log", limit: 1000)
            for number in 1...100_000 { log.add("line \(number)") }
            log.flush()
            let lines = try String(contentsOfFile: folder + "/log", encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 1000 + 1 + 990)
            expectMessage(lines[1000], "log/thinned")
            #expect(lines.last == "line 100000")
        }
    }
}
