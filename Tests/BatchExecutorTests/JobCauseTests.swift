import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// The texts of `docs/failures.md`: why a job failed, in a sentence.
@Suite(.serialized) struct JobCauseTests {
    @Test(arguments: [
        (
            "def init(): raise OSError('no model here')\ndef run(mini_batch): return mini_batch",
            "init() of the scoring script failed. OSError: no model here"
        ),
        (
            "import not_there\ndef init(): pass\ndef run(mini_batch): return mini_batch",
            "The scoring script can't be loaded. ModuleNotFoundError: No module named 'not_there'"
        ),
        (
            "def init(): pass\ndef run(mini_batch): return []",
            "No file was scored: all 2 files failed. The first, 00000.txt: MissingRows: run() returned no row for this file"
        ),
        (
            "import time\ndef init(): pass\ndef run(mini_batch): time.sleep(600)",
            "No file was scored: all 2 files failed. The first, 00000.txt: Timeout: run() took longer than 1 seconds "
                + "(retry_settings.timeout); its worker was killed"
        ),
        (
            "import os\ndef init(): pass\ndef run(mini_batch): os.kill(os.getpid(), 9)",
            "No file was scored: all 2 files failed. The first, 00000.txt: WorkerDied: the worker that scored it was killed by "
                + "signal 9 (SIGKILL); the system does so when memory runs out"
        ),
    ])
    func `A failed job says why, in its record and in its logs`(script: String, cause: String) async throws {
        try await JobBench.with(script: script) { bench in
            let overrides = bench.overrides {
                $0.maxRetries = 1
                $0.timeout = 1
                $0.miniBatchSize = 2
            }
            let job = try await bench.run(try bench.makeInput(files: 2), overrides: overrides)
            #expect(job.state == .failed)
            #expect(job.cause == cause)
            let logs = bench.workspace.folder.job(job.name).logs
            let names = try FileManager.default.contentsOfDirectory(atPath: logs)
            let name = try #require(names.first { $0.hasPrefix("job_error.") })
            #expect(try String(contentsOfFile: logs + "/" + name, encoding: .utf8).hasSuffix("\(cause)\n"))
            #expect(try bench.log(of: job).contains("The job is Failed. \(cause)"))
        }
    }
}
