import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// The texts of `docs/failures.md`: why a job failed, in a sentence.
@Suite(.serialized) struct JobCauseTests {
    @Test(arguments: [
        ("init", "def init(): raise OSError('no model here')\ndef run(mini_batch): return mini_batch"),
        ("module", "import not_there\ndef init(): pass\ndef run(mini_batch): return mini_batch"),
        ("no-rows", "def init(): pass\ndef run(mini_batch): return []"),
        ("timeout", "import time\ndef init(): pass\ndef run(mini_batch): time.sleep(600)"),
        ("killed", "import os\ndef init(): pass\ndef run(mini_batch): os.kill(os.getpid(), 9)"),
    ])
    func `A failed job says why, in its record and in its logs`(name: String, script: String) async throws {
        try await JobBench.with(script: script) { bench in
            let overrides = bench.overrides {
                $0.maxRetries = 1
                $0.timeout = 1
                $0.miniBatchSize = 2
            }
            let job = try await bench.run(try bench.makeInput(files: 2), overrides: overrides)
            #expect(job.state == .failed)
            let cause = try #require(job.cause)
            expectMessage(cause, "docs/\(name)")
            let logs = bench.workspace.folder.job(job.name).logs
            let names = try FileManager.default.contentsOfDirectory(atPath: logs)
            let name = try #require(names.first { $0.hasPrefix("job_error.") })
            #expect(try String(contentsOfFile: logs + "/" + name, encoding: .utf8).hasSuffix("\(cause)\n"))
            #expect(try bench.log(of: job).contains("The job is Failed. \(cause)"))
        }
    }
}
