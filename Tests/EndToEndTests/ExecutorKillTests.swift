import Foundation
import Glibc
import TestSupport
import Testing

/// The real executor, killed in the middle of a job.
@Suite(.serialized)
struct ExecutorKillTests {
    private static let deployment = """
        name: script
        type: model
        model: azureml:none@latest
        code_configuration:
          code: ./code
          scoring_script: score.py
        environment:
          conda_file: ./conda.yml
        compute: azureml:local
        settings:
          max_concurrency_per_instance: 2
          mini_batch_size: 1
        """

    private static let script = """
        import os, subprocess, time
        def init():
            subprocess.Popen(["sleep", "600"])
        def run(mini_batch):
            time.sleep(0.04)
            return [[os.path.basename(path), open(path).read()] for path in mini_batch]
        """

    @Test(.timeLimit(.minutes(3)))
    func `A job whose executor is killed again and again gives the same bytes, each row once`() async throws {
        try await Program.with { program in
            try Self.deploy(in: program)
            let undisturbed = try Self.invoke(in: program)
            try await Self.wait(for: undisturbed, in: program)
            let job = try Self.invoke(in: program)
            for _ in 1...3 {
                try await Self.wait(for: job, toFinish: 15, in: program)
                try await Self.killExecutor(of: program)
                // Any command takes the job up again.
                _ = try program.succeed("job", "list", "-o", "none")
            }
            try await Self.wait(for: job, in: program)
            let rows = try Self.output(of: job, in: program)
            #expect(rows == (try Self.output(of: undisturbed, in: program)))
            #expect(rows.split(separator: "\n").count == 150)
            #expect(try Self.show("batchstudio.counts.done_mini_batches", of: job, in: program) == "150")
            #expect(try Self.show("batchstudio.counts.rows", of: job, in: program) == "150")
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `An executor that is killed while no command watches leaves no process and no half output`() async throws {
        try await Program.with { program in
            try Self.deploy(in: program)
            let job = try Self.invoke(in: program)
            try await Self.wait(for: job, toFinish: 20, in: program)
            let executor = try await Self.killExecutor(of: program)
            let left = livingProcesses(withEnvironment: Self.mark(of: program)).filter { $0 != executor }
            #expect(left.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: program.workspace + "/blobs/\(job)/score/predictions.csv"))
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `Commands that come at the same time start one executor, and every job is done`() async throws {
        try await Program.with { program in
            try Self.deploy(in: program)
            let jobs = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<4 { group.addTask { try Self.invoke(in: program) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(jobs).count == 4)
            for job in jobs { try await Self.wait(for: job, in: program) }
            let first = try Self.output(of: jobs[0], in: program)
            for job in jobs { #expect(try Self.output(of: job, in: program) == first) }
        }
    }

    private static func deploy(in program: Program) throws {
        try write(deployment, to: program.folder + "/deployment.yml")
        try write("name: plain\ndependencies: []\n", to: program.folder + "/conda.yml")
        try write(script, to: program.folder + "/code/score.py")
        try write("a model", to: program.folder + "/model/model.txt")
        for number in 1000..<1150 { try write("number \(number)", to: program.folder + "/input/\(number).txt") }
        _ = try program.succeed("model", "create", "--name", "none", "--type", "custom_model", "--path", "./model")
        _ = try program.succeed("batch-endpoint", "create", "-n", "wine-batch")
        _ = try program.succeed("batch-deployment", "create", "-f", "deployment.yml", "-e", "wine-batch")
    }

    private static func invoke(in program: Program) throws -> String {
        try program.succeed(
            "batch-endpoint",
            "invoke",
            "-n",
            "wine-batch",
            "--input",
            "./input",
            "--query",
            "name",
            "-o",
            "tsv"
        )
    }

    private static func show(_ query: String, of job: String, in program: Program) throws -> String {
        try program.succeed("job", "show", "-n", job, "--query", query, "-o", "tsv")
    }

    private static func output(of job: String, in program: Program) throws -> String {
        try String(contentsOfFile: program.workspace + "/blobs/\(job)/score/predictions.csv", encoding: .utf8)
    }

    /// Waits until a job is Completed; fails when it ends otherwise.
    private static func wait(for job: String, in program: Program) async throws {
        let state = try await TestSupport.wait(for: "the end of job \(job)") {
            let state = try show("status", of: job, in: program)
            return ["Completed", "Failed", "Canceled"].contains(state) ? state : nil
        }
        let cause = try show("cause", of: job, in: program)
        try #require(state == "Completed", "\(cause)")
    }

    private static func wait(for job: String, toFinish miniBatches: Int, in program: Program) async throws {
        func done() throws -> Int { Int(try show("batchstudio.counts.done_mini_batches", of: job, in: program)) ?? 0 }
        let before = try done()
        _ = try await TestSupport.wait(for: "\(miniBatches) more mini-batches of job \(job)") {
            try done() >= before + miniBatches ? true : nil
        }
    }

    /// What marks the processes of a workspace.
    private static func mark(of program: Program) -> String { "BATCHSTUDIO_WORKSPACE_ID=\(program.workspace)" }

    /// Kills the executor, and waits until its hosts and workers, and what these started, have noticed.
    @discardableResult
    private static func killExecutor(of program: Program) async throws -> Int {
        let text = try String(contentsOfFile: program.workspace + "/executor.lock", encoding: .utf8)
        let executor = try #require(text.split(separator: "\n").first.flatMap { pid_t($0) })
        let processes = livingProcesses(withEnvironment: mark(of: program))
        #expect(!processes.isEmpty)
        kill(executor, SIGKILL)
        _ = try await TestSupport.wait(for: "the end of what the executor left", within: .seconds(10)) {
            Set(livingProcesses(withEnvironment: mark(of: program))).isDisjoint(with: processes) ? true : nil
        }
        return Int(executor)
    }
}
