import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// Disks that lie, hosts that die, and what scripts leave behind.
@Suite(.serialized) struct JobDamageTests {
    @Test func `Rows that changed on the disk are scored again, not delivered`() async throws {
        let script = """
            import glob, os
            def init():
                pass
            def run(mini_batch):
                if mini_batch[0].endswith("00005.txt") and not os.path.exists(os.environ["BENCH_FLAG"]):
                    open(os.environ["BENCH_FLAG"], "w").close()
                    for path in glob.glob(os.environ["BENCH_FOLDER"] + "/workspace/jobs/*/segments/*"):
                        with open(path, "r+b") as file:
                            file.seek(12)
                            file.write(b"?")
                return [os.path.basename(path) for path in mini_batch]
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(try bench.makeInput(files: 6), overrides: bench.overrides())
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.lines(of: job) == JobBench.names(0..<6))
            #expect(job.counts.rows == 6)
            #expect(try bench.log(of: job).contains("not what was written"))
        }
    }

    @Test func `Rows whose file can't be made durable are scored again into another file`() async throws {
        let script = """
            import glob, os
            def init():
                pass
            def run(mini_batch):
                if mini_batch[0].endswith("00003.txt") and not os.path.exists(os.environ["BENCH_FLAG"]):
                    open(os.environ["BENCH_FLAG"], "w").close()
                    for path in glob.glob(os.environ["BENCH_FOLDER"] + "/workspace/jobs/*/segments/*"):
                        os.unlink(path)
                return [os.path.basename(path) for path in mini_batch]
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(
                try bench.makeInput(files: 8),
                overrides: bench.overrides { $0.maxRetries = 1 }
            )
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(job.counts.failedFiles == 0)
            #expect(try bench.lines(of: job) == JobBench.names(0..<8))
            #expect(try bench.log(of: job).contains("made durable"))
        }
    }

    @Test func `A segment that is shorter or other than its journal says is named by its mini-batch`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 3) { bench in
            try write("row 0\nrow 1\nrow 2\n", to: bench.folder.segments + "/a")
            let records = (0..<3).map { bench.done($0, file: "a", offset: 6 * $0, bytes: 6) }
            _ = try await bench.workspace.journal(records, of: bench.job.name)
            try write("row 0\nrow X\nrow", to: bench.folder.segments + "/a")
            let assembly = OutputAssembly(of: bench.job, in: bench.workspace)
            try assembly.claim()
            let damage = await #expect(throws: DamagedRows.self) { try await assembly.join() }
            #expect(damage?.miniBatches == [1, 2])
            let contents = try FileManager.default.contentsOfDirectory(atPath: bench.job.specification.output.folder)
            #expect(contents.isEmpty)
        }
    }

    @Test func `The checksum is zlib's`() {
        #expect(SegmentCopy.checksum(of: Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(SegmentCopy.checksum(of: Array("The quick brown fox jumps over the lazy dog".utf8)) == 0x414F_A339)
    }

    @Test func `A host that dies takes no try from what its workers score`() async throws {
        let script = """
            import os, signal, time
            def init():
                pass
            def run(mini_batch):
                if mini_batch[0].endswith("00002.txt") and not os.path.exists(os.environ["BENCH_FLAG"]):
                    open(os.environ["BENCH_FLAG"], "w").close()
                    os.kill(os.getppid(), signal.SIGKILL)
                    time.sleep(600)
                return [os.path.basename(path) for path in mini_batch]
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(
                try bench.makeInput(files: 6),
                overrides: bench.overrides { $0.maxRetries = 1 }
            )
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(job.counts.failedFiles == 0)
            #expect(try bench.lines(of: job) == JobBench.names(0..<6))
        }
    }

    @Test func `A script that kills its host for ever fails the job`() async throws {
        let script = """
            import os, signal, time
            def init():
                pass
            def run(mini_batch):
                os.kill(os.getppid(), signal.SIGKILL)
                time.sleep(600)
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(try bench.makeInput(files: 1), overrides: bench.overrides())
            #expect(job.state == .failed)
            expectMessage(job.cause?.prefix { $0 != ":" }, "cause/host-ends")
        }
    }

    @Test func `A full disk while the script is loaded holds the job up`() async throws {
        let script = """
            import errno, os
            if not os.path.exists(os.environ["BENCH_FLAG"]):
                raise OSError(errno.ENOSPC, "No space left on device")
            def init():
                pass
            def run(mini_batch):
                return [os.path.basename(path) for path in mini_batch]
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 3), overrides: bench.overrides())
            let paused = try await bench.job(job.name, becomes: .paused)
            expectMessage(paused.cause, "pause/disk-full-while-loading", placeholders: bench.placeholders)
            try bench.raiseFlag()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .completed)
            #expect(try bench.lines(of: ended) == JobBench.names(0..<3))
        }
    }

    @Test(arguments: [
        "subprocess.Popen(['sleep', '600'], start_new_session=True)",
        "os.fork() or (os.setsid(), os.fork() and os._exit(0), time.sleep(600))",
    ])
    func `What a script leaves running in a session of its own ends with the job`(start: String) async throws {
        let script = """
            import os, subprocess, time
            def init():
                \(start)
            def run(mini_batch):
                return mini_batch
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(try bench.makeInput(files: 1), overrides: bench.overrides())
            #expect(job.state == .completed)
            // The warm host stays.
            _ = try await wait(for: "the end of what the script started", within: .seconds(10)) {
                livingProcesses(withEnvironment: "BENCH_FOLDER=\(bench.folder)").count == 1 ? true : nil
            }
        }
    }
}
