import BatchDomain
import BatchWorkspace
import Foundation
import Glibc
import TestSupport
import Testing

@testable import BatchExecutor

/// Disks that are full, and workspaces that can't be written for a while.
@Suite(.serialized) struct JobPauseTests {
    private static let names = """
        import os
        def init():
            pass
        def run(mini_batch):
            return [os.path.basename(path) for path in mini_batch]
        """

    /// Changes the database as another program would.
    private static func change(_ bench: JobBench, _ sql: String) throws {
        let code =
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=20); c.execute(sys.argv[2]); c.commit()"
        _ = try runPython(code, [bench.workspace.folder.database, sql])
    }

    @Test func `A full disk under a script pauses the job and is no failed try`() async throws {
        let script = """
            import errno, os
            def init():
                pass
            def run(mini_batch):
                if mini_batch[0].endswith("00002.txt") and not os.path.exists(os.environ["BENCH_FLAG"]):
                    raise OSError(errno.ENOSPC, "No space left on device")
                return [os.path.basename(path) for path in mini_batch]
            """
        try await JobBench.with(script: script) { bench in
            let overrides = bench.overrides { $0.maxRetries = 1 }
            let job = try await bench.submit(try bench.makeInput(files: 6), overrides: overrides)
            let paused = try await bench.job(job.name, becomes: .paused)
            expectMessage(paused.cause, "pause/disk-full")
            try bench.raiseFlag()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .completed)
            #expect(ended.cause == nil)
            #expect(ended.counts.failedFiles == 0)
            #expect(try bench.lines(of: ended) == JobBench.names(0..<6))
        }
    }

    /// Runs a command that only root may run.
    private static func mount(_ words: String...) -> Bool {
        let call =
            "import subprocess, sys; sys.exit(subprocess.call(['mount', *sys.argv[1:]], stderr=subprocess.DEVNULL))"
        return (try? runPython(call, words)) != nil
    }

    private static let mayMount = {
        let folder = NSTemporaryDirectory() + "/batchstudio-mount-" + UUID().uuidString
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { rmdir(folder) }
        return mount("-t", "tmpfs", "-o", "size=64k", "tmpfs", folder) && umount2(folder, 0) == 0
    }()

    @Test(.enabled(if: mayMount, "File systems can't be mounted here."))
    func `A disk without free inodes pauses the job, which resumes when there are some`() async throws {
        try await JobBench.with(script: Self.names) { bench in
            let jobs = bench.workspace.folder.path + "/jobs"
            try #require(Self.mount("-t", "tmpfs", "-o", "size=64m,nr_inodes=8", "tmpfs", jobs))
            do {
                let job = try await bench.submit(try bench.makeInput(files: 3), overrides: bench.overrides())
                let paused = try await bench.job(job.name, becomes: .paused)
                expectMessage(paused.cause, "pause/no-inodes", placeholders: [bench.folder: "FOLDER", job.name: "JOB"])
                #expect(Self.mount("-o", "remount,nr_inodes=2000", jobs))
                let ended = try await bench.end(of: job.name)
                #expect(ended.state == .completed)
                #expect(try bench.lines(of: ended) == JobBench.names(0..<3))
            } catch {
                try await bench.executor.stop()
                umount2(jobs, 2)
                throw error
            }
            try await bench.executor.stop()
            umount2(jobs, 2)
        }
    }

    @Test func `A disk that stays full does not fill the job's history`() async throws {
        let script = """
            import errno, os
            def init():
                pass
            def run(mini_batch):
                with open(os.environ["BENCH_FLAG"], "a") as file:
                    file.write("try\\n")
                with open(os.environ["BENCH_FLAG"]) as file:
                    if len(file.readlines()) <= 3:
                        raise OSError(errno.ENOSPC, "No space left on device")
                return mini_batch
            """
        try await JobBench.with(script: script) { bench in
            let began = ContinuousClock.now
            let job = try await bench.run(try bench.makeInput(files: 1), overrides: bench.overrides())
            #expect(job.state == .completed)
            // 0.2, 0.4 and 0.8 seconds.
            #expect(ContinuousClock.now - began > .seconds(1.4))
        }
    }

    @Test func `A paused job can be canceled`() async throws {
        let script = """
            import errno
            def init():
                pass
            def run(mini_batch):
                raise OSError(errno.ENOSPC, "No space left on device")
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 6), overrides: bench.overrides())
            _ = try await bench.job(job.name, becomes: .paused)
            // It may go on for a moment between two pauses.
            try await bench.cancel(job.name)
            #expect(try await bench.end(of: job.name).state == .canceled)
        }
    }

    @Test func `A journal that can't be written pauses the job, which then resumes`() async throws {
        try await JobBench.with(script: Self.names) { bench in
            try Self.change(
                bench,
                "CREATE TRIGGER full BEFORE INSERT ON miniBatch BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
            )
            let job = try await bench.submit(try bench.makeInput(files: 6), overrides: bench.overrides())
            let paused = try await bench.job(job.name, becomes: .paused)
            #expect(paused.cause?.contains("disk is full") == true)
            try Self.change(bench, "DROP TRIGGER full")
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .completed)
            #expect(try bench.lines(of: ended) == JobBench.names(0..<6))
            #expect(ended.counts.doneMiniBatches == 6)
        }
    }

    @Test func `A workspace in which nothing can be recorded holds a job up, and does not lose it`() async throws {
        try await JobBench.with(script: Self.names) { bench in
            try Self.change(
                bench,
                "CREATE TRIGGER full BEFORE UPDATE ON job WHEN NEW.state <> 'Queued' "
                    + "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
            )
            let job = try await bench.submit(try bench.makeInput(files: 6), overrides: bench.overrides())
            let log = bench.workspace.folder.job(job.name).controllerLog
            _ = try await wait(for: "the executor to try") { FileManager.default.fileExists(atPath: log) ? true : nil }
            try Self.change(bench, "DROP TRIGGER full")
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .completed)
            #expect(try bench.lines(of: ended) == JobBench.names(0..<6))
        }
    }

    @Test func `A job whose folder can't be made fails and says so`() async throws {
        try await JobBench.with(script: Self.names) { bench in
            try await bench.executor.stop()
            let job = try await bench.submit(try bench.makeInput(files: 1))
            try write("in the way", to: bench.workspace.folder.job(job.name).path)
            try await bench.executor.start()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .failed)
            expectMessage(ended.cause, "cause/job-folder", placeholders: [bench.folder: "FOLDER", job.name: "JOB"])
        }
    }
}
