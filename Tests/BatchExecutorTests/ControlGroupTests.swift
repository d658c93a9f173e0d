import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Glibc
import TestSupport
import Testing

@testable import BatchExecutor

/// Control groups of the real system, where a group can be made.
@Suite(.serialized, .enabled(if: ControlGroups.areMade, "This machine allows no control groups here."))
struct ControlGroupTests {
    private let mark = "/" + UUID().uuidString

    /// Starts a process that goes on for long.
    private func sleeper() throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sleep")
        process.arguments = ["1000"]
        try process.run()
        return process
    }

    @Test func `A group that ends takes along all that is in it, and groups made in it`() throws {
        let groups = try #require(ControlGroups.current())
        let process = try sleeper()
        let pid = Int(process.processIdentifier)
        let group = try #require(groups.enclose(pid, as: "1", markedBy: mark, memoryLimit: nil))
        #expect(group.processes == [pid])
        try FileManager.default.createDirectory(atPath: group.path + "/inner", withIntermediateDirectories: false)
        #expect(ControlGroup(path: group.path + "/inner").add(pid))
        #expect(group.processes == [pid])
        group.end()
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL)
        #expect(groups.groups(markedBy: mark).isEmpty)
    }

    @Test func `A process that is not there gets no group, and this one none either`() throws {
        let groups = try #require(ControlGroups.current())
        for pid in [Int(getpid()), 0, -1, 1 << 30] {
            #expect(groups.enclose(pid, as: "1", markedBy: mark, memoryLimit: 1) == nil)
        }
        #expect(groups.groups(markedBy: mark).isEmpty)
    }

    @Test func `What a dead executor left in a workspace's groups is ended, that of others is not`() async throws {
        let groups = try #require(ControlGroups.current())
        try await withTemporaryFolder { folder in
            let (ours, other) = (try sleeper(), try sleeper())
            _ = try #require(groups.enclose(Int(ours.processIdentifier), as: "1", markedBy: folder, memoryLimit: nil))
            let stranger = try #require(
                groups.enclose(Int(other.processIdentifier), as: "1", markedBy: folder + "/other", memoryLimit: nil)
            )
            ControlGroups.sweep(markedBy: folder, lastFolderAt: WorkspaceFolder(path: folder).executorGroups)
            ours.waitUntilExit()
            #expect(groups.groups(markedBy: folder).isEmpty)
            #expect(other.isRunning)
            #expect(stranger.processes == [Int(other.processIdentifier)])
            stranger.end()
            other.waitUntilExit()
        }
    }

    @Test func `An empty group of a workspace that is no longer opened goes, once its maker is gone`() async throws {
        let groups = try #require(ControlGroups.current())
        try await withTemporaryFolder { folder in
            // Not waited for, so that it stays as a zombie.
            var gone = pid_t()
            try #require(posix_spawn(&gone, "/bin/true", nil, nil, [nil], nil) == 0)
            let stale = groups.folder + "/batchstudio-000000000000-\(gone)-job-1"
            let fresh = groups.folder + "/batchstudio-000000000000-\(getpid())-job-1"
            for path in [stale, fresh] { #expect(mkdir(path, 0o755) == 0) }
            defer { for path in [stale, fresh] { rmdir(path) } }
            _ = try await wait(for: "the stale group's end") {
                ControlGroups.sweep(markedBy: folder, lastFolderAt: WorkspaceFolder(path: folder).executorGroups)
                return access(stale, F_OK) != 0 ? true : nil
            }
            #expect(access(fresh, F_OK) == 0)
            #expect(kill(gone, 0) == 0)
            waitpid(gone, nil, 0)
        }
    }

    @Test func `Groups in the folder that the last executor used are found`() async throws {
        let groups = try #require(ControlGroups.current())
        try await withTemporaryFolder { folder in
            let workspace = WorkspaceFolder(path: folder)
            let elsewhere = groups.folder + "/batchstudio-test-\(getpid())"
            #expect(mkdir(elsewhere, 0o755) == 0)
            defer { ControlGroup(path: elsewhere).end() }
            try write(elsewhere, to: workspace.executorGroups)
            let process = try sleeper()
            _ = try #require(
                ControlGroups(folder: elsewhere)
                    .enclose(Int(process.processIdentifier), as: "1", markedBy: folder, memoryLimit: nil)
            )
            ControlGroups.sweep(markedBy: folder, lastFolderAt: workspace.executorGroups)
            process.waitUntilExit()
            #expect(ControlGroups(folder: elsewhere).groups(markedBy: folder).isEmpty)
            #expect(try String(contentsOfFile: workspace.executorGroups, encoding: .utf8) == groups.folder)
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `A daemon in a session of its own, with nothing in its environment, ends with its worker`() async throws {
        try await JobBench.with(script: Daemon.script()) { bench in
            let overrides = bench.overrides { $0.maxConcurrencyPerInstance = 2 }
            let job = try await bench.run(try bench.makeInput(files: 4), overrides: overrides)
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.lines(of: job) == JobBench.names(0..<4))
            let daemons = try Daemon.all(in: bench.folder)
            #expect(daemons.count == 4)
            #expect(daemons.filter(Daemon.isAlive).isEmpty)
            #expect(bench.groups.isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(2))) func `A daemon goes with a worker that is killed, and with a job that is canceled`()
        async throws
    {
        try await JobBench.with(script: Daemon.script(after: "time.sleep(600)")) { bench in
            let overrides = bench.overrides {
                $0.timeout = 2
                $0.maxRetries = 10
            }
            let job = try await bench.submit(try bench.makeInput(files: 1), overrides: overrides)
            _ = try await wait(for: "the second try") { try Daemon.all(in: bench.folder).count >= 2 ? true : nil }
            #expect(try Daemon.all(in: bench.folder).filter(Daemon.isAlive).count <= 1)
            try await bench.cancel(job.name)
            #expect(try await bench.end(of: job.name).state == .canceled)
            #expect(try Daemon.all(in: bench.folder).filter(Daemon.isAlive).isEmpty)
            #expect(bench.groups.isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(2))) func `A daemon ends with the trial of a deployment`() async throws {
        try await withTemporaryFolder { folder in
            let script = Daemon.script().replacing("os.environ[\"BENCH_FOLDER\"]", with: "\"\(folder)\"")
            try await JobBench.with(script: script) { bench in
                let file = try bench.makeInput(files: 1) + "/00000.txt"
                let trial = DeploymentTrial(in: bench.workspace) { _, _, _ in try await Python.path() }
                let outcome = try await trial.score(file, with: "script", of: "bench") { _ in }
                #expect(outcome.rows == ["00000.txt"])
                let daemons = try Daemon.all(in: folder)
                #expect(daemons.count == 1)
                #expect(daemons.filter(Daemon.isAlive).isEmpty)
            }
        }
    }

    @Test(.timeLimit(.minutes(2))) func `The memory of a daemon counts`() async throws {
        // The parents have ended and the session is the daemon's own: by those, its owner is unknown.
        let hoard =
            "resource.setrlimit(resource.RLIMIT_DATA, (-1, -1)); hoard = bytearray(300 * 1000 * 1000); time.sleep(600)"
        try await JobBench.with(script: Daemon.script(instead: hoard, after: "time.sleep(600)")) { bench in
            let overrides = bench.overrides {
                $0.maxRetries = 1
                $0.memoryLimitPerWorker = 200_000_000
            }
            let job = try await bench.run(try bench.makeInput(files: 1), overrides: overrides)
            let failures = try await bench.workspace.failures(of: job.name)
            #expect(failures.map(\.type) == ["OutOfMemory"])
            let words = "with the processes it started, more than the 200MB of memory_limit_per_worker; it was killed"
            #expect(failures.first?.message.hasSuffix(words) == true, "\(failures)")
            #expect(try Daemon.all(in: bench.folder).filter(Daemon.isAlive).isEmpty)
        }
    }
}

extension ControlGroupTests {
    @Test(.timeLimit(.minutes(3)))
    func `What an executor that was killed left in a group is ended by the next one`() async throws {
        try await Program.with { program in
            try deploy(in: program)
            _ = try program.succeed("batch-endpoint", "invoke", "-n", "bench", "--input", "./input")
            let daemon = try await wait(for: "a daemon") { try Daemon.all(in: program.folder).first }
            let mark = Orphans.mark(of: program.workspace)
            let groups = try #require(ControlGroups.current())
            let stale = try #require(groups.groups(markedBy: mark).first)
            let text = try String(contentsOfFile: program.workspace + "/executor.lock", encoding: .utf8)
            let executor = try #require(text.split(separator: "\n").first.flatMap { pid_t($0) })
            kill(executor, SIGKILL)
            _ = try await wait(for: "the end of the worker") { stale.processes == [daemon] ? true : nil }
            // Any command takes the job up again.
            _ = try program.succeed("job", "list", "-o", "none")
            _ = try await wait(for: "the end of the stale group") { access(stale.path, F_OK) != 0 ? true : nil }
            #expect(!Daemon.isAlive(daemon))
            _ = try await wait(for: "another daemon") { try Daemon.all(in: program.folder).first { $0 != daemon } }
            _ = try program.succeed("executor", "stop")
            #expect(groups.groups(markedBy: mark).isEmpty)
            #expect(try Daemon.all(in: program.folder).filter(Daemon.isAlive).isEmpty)
        }
    }

    private func deploy(in program: Program) throws {
        let deployment = """
            name: script
            type: model
            model: {path: ./model, type: custom_model}
            code_configuration: {code: ./code, scoring_script: score.py}
            environment: {conda_file: ./conda.yml}
            compute: azureml:local
            settings: {mini_batch_size: 1}
            environment_variables: {BENCH_FOLDER: "\(program.folder)"}
            """
        try write(deployment, to: program.folder + "/deployment.yml")
        try write("name: plain\ndependencies: []\n", to: program.folder + "/conda.yml")
        try write(Daemon.script(after: "time.sleep(600)"), to: program.folder + "/code/score.py")
        try write("a model", to: program.folder + "/model/model.txt")
        try write("1", to: program.folder + "/input/1.txt")
        _ = try program.succeed("batch-endpoint", "create", "-n", "bench")
        _ = try program.succeed("batch-deployment", "create", "-f", "deployment.yml", "-e", "bench")
    }
}

/// What systems tell of a group's memory; that of this machine need not count it.
struct MemoryDeathTests {
    @Test(arguments: [
        ("low 0\nhigh 0\nmax 31\noom 2\noom_kill 3\noom_group_kill 1\n", ControlGroup.MemoryDeath.byLimit),
        ("low 0\nhigh 0\nmax 0\noom 0\noom_kill 1\n", .byMachine), ("low 0\nmax 9\noom 1\noom_kill 0\n", nil),
        ("oom_group_kill 4\n", nil), ("", nil), ("oom_kill many\n", nil),
    ])
    func `The system's killing for memory is told from other deaths`(events: String, death: ControlGroup.MemoryDeath?) {
        #expect(ControlGroup.memoryDeath(in: events) == death)
    }
}

/// A process that a scoring script starts and that gets away by every means that there is.
private enum Daemon {
    /// Starts a daemon for each file, and scores it once the daemon's id is written down.
    ///
    /// - Parameters:
    ///   - instead: What the daemon does; without, it becomes a program with an empty environment.
    ///   - after: What the worker does before it returns.
    /// - Returns: The script.
    static func script(instead: String? = nil, after: String = "pass") -> String {
        """
        import os, resource, time
        def daemon(note):
            started, starting = os.pipe()
            if os.fork() != 0:
                os.close(starting)
                os.wait()
                os.read(started, 1)
                return os.close(started)
            os.setsid()
            if os.fork() != 0:
                os._exit(0)
            try:
                with open(note + ".new", "w") as file:
                    file.write(str(os.getpid()))
                os.rename(note + ".new", note)
                os.write(starting, b"1")
                os.close(starting)
                \(instead ?? #"os.execve("/bin/sleep", ["sleep", "1000"], {})"#)
            finally:
                os._exit(1)
        def init():
            pass
        def run(mini_batch):
            for path in mini_batch:
                note = os.environ["BENCH_FOLDER"] + "/daemons/" + os.path.basename(path) + "-" + str(os.getpid())
                os.makedirs(os.path.dirname(note), exist_ok=True)
                daemon(note)
            \(after)
            return [os.path.basename(path) for path in mini_batch]
        """
    }

    /// Those that have been started.
    static func all(in folder: String) throws -> [Int] {
        let folder = folder + "/daemons"
        let notes = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return try notes.filter { !$0.hasSuffix(".new") }.map { note in
            try #require(Int(try String(contentsOfFile: folder + "/" + note, encoding: .utf8)))
        }
    }

    /// Whether it runs; one that has ended may wait for ever to be reaped.
    static func isAlive(_ pid: Int) -> Bool {
        let status = FileManager.default.contents(atPath: "/proc/\(pid)/status") ?? Data()
        let state = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("State:") }
        return state.map { !$0.contains("Z") && !$0.contains("X") } ?? false
    }
}

extension JobBench {
    /// The groups of its workers that are left.
    fileprivate var groups: [ControlGroup] {
        ControlGroups.current()?.groups(markedBy: Orphans.mark(of: workspace.folder.path)) ?? []
    }
}

extension ControlGroups {
    /// Whether the system really makes one here: that folders can be written to does not tell.
    fileprivate static var areMade: Bool {
        guard let groups = current() else { return false }
        let group = ControlGroup(path: groups.folder + "/batchstudio-probe-\(getpid())")
        defer { group.end() }
        return mkdir(group.path, 0o755) == 0 && FileManager.default.fileExists(atPath: group.path + "/cgroup.procs")
    }
}
