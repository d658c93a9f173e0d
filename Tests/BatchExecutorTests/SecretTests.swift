import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// Secrets that are planted in a deployment, looked for wherever they must not be.
@Suite(.serialized) struct SecretTests {
    private static let secret = "planted-6f1c2a9e"

    /// Fails for one file, with a traceback, and waits for the flag on the last.
    private static let script = """
        import os, time
        def init():
            assert os.environ["API_TOKEN"].startswith("planted-")
        def run(mini_batch):
            for path in mini_batch:
                if path.endswith("00001.txt"):
                    raise ValueError("this file is bad")
                while path.endswith("00002.txt") and not os.path.exists(os.environ["BENCH_FLAG"]):
                    time.sleep(0.01)
            return [os.path.basename(path) for path in mini_batch]
        """

    /// The files below a folder, with their bytes.
    private func files(in folder: String) -> [(path: String, data: Data)] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.compactMap { name in
            let path = folder + "/" + name
            return FileManager.default.contents(atPath: path).map { (path, $0) }
        }
    }

    /// Processes on whose command line the secret stands.
    private func tellingProcesses() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }.filter { pid in
            let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
            return line.range(of: Data(Self.secret.utf8)) != nil
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `A deployment's secrets reach its script, and nothing that others read`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let overrides = bench.overrides {
                $0.environmentVariables?["API_TOKEN"] = Self.secret
                $0.loggingLevel = .debug
                $0.maxRetries = 1
            }
            let job = try await bench.submit(try bench.makeInput(files: 3), overrides: overrides)
            _ = try await bench.job(job.name, finishes: 2)
            #expect(try tellingProcesses().isEmpty)
            try bench.raiseFlag()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .completed, "\(ended.cause ?? "")")

            let telling = files(in: bench.workspace.folder.path).filter {
                $0.data.range(of: Data(Self.secret.utf8)) != nil
            }
            // The database keeps what the deployment is, for its owner alone.
            let names = Set(telling.map { ($0.path as NSString).lastPathComponent })
            #expect(names.isSubset(of: ["studio.sqlite", "studio.sqlite-wal"]), "\(names)")
            for (path, _) in telling {
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                #expect(mode == 0o600, "\(path)")
            }
        }
    }

    @Test(.timeLimit(.minutes(2))) func `Nothing that a job writes is for others to read`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let overrides = bench.overrides {
                $0.environmentVariables?["API_TOKEN"] = Self.secret
                $0.maxRetries = 1
            }
            try bench.raiseFlag()
            let job = try await bench.run(try bench.makeInput(files: 3), overrides: overrides)
            #expect(job.state == .completed)
            let root = bench.workspace.folder.path
            let top = try FileManager.default.contentsOfDirectory(atPath: root).map { root + "/" + $0 }
            let open = try ([root] + top).filter { path in
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0o777
                return mode & 0o077 != 0
            }
            #expect(open.isEmpty)
        }
    }

    /// Writes a deployment with its model and script, but for its `conda.yml`.
    private static func describe(_ name: String, in program: Program, variables: String) throws {
        try write(script, to: program.folder + "/code/score.py")
        try write("a model", to: program.folder + "/model/model.txt")
        try write(
            """
            type: model
            name: \(name)
            endpoint_name: secrets
            model: {path: ./model}
            code_configuration: {code: ./code, scoring_script: score.py}
            environment: {conda_file: ./conda.yml}
            environment_variables: \(variables)
            """,
            to: program.folder + "/deployment.yml"
        )
    }

    @Test(.timeLimit(.minutes(2)))
    func `Passwords in addresses stay with the database, though the job fails for them`() async throws {
        try await Program.with { program in
            let place = "user:\(Self.secret)@127.0.0.1:1"
            try write(
                """
                name: broken
                dependencies:
                - python=3
                - pip:
                  - --index-url http://\(place)/simple
                  - batchstudio-has-no-such-package @ http://\(place)/a-1.0-py3-none-any.whl?sig=\(Self.secret)
                """,
                to: program.folder + "/conda.yml"
            )
            try Self.describe(
                "broken",
                in: program,
                variables: #"{API_TOKEN: \#(Self.secret), INDEX: "http://\#(place)"}"#
            )
            try write("1", to: program.folder + "/input/1.txt")
            _ = try program.succeed("batch-endpoint", "create", "-n", "secrets")
            let runs = try [
                program.run("batch-deployment", "create", "-f", "deployment.yml"),
                program.run(
                    "batch-endpoint",
                    "invoke",
                    "-n",
                    "secrets",
                    "-d",
                    "broken",
                    "--input",
                    "input",
                    "--job-name",
                    "planted"
                ),
                program.run("job", "stream", "-n", "planted"),
                program.run("job", "show", "-n", "planted"),
                program.run("job", "list", "-o", "json"),
                program.run("batch-deployment", "show", "-e", "secrets", "-n", "broken"),
                program.run("environment", "list", "-o", "json"),
            ]
            #expect(runs[3].output.contains("Failed"), "\(runs.map(\.error))")
            #expect(runs[6].output.contains("http://***@127.0.0.1:1/simple"), "\(runs[6].output)")
            for run in runs { #expect(!(run.output + run.error).contains(Self.secret), "\(run)") }
            #expect(try tellingProcesses().isEmpty)

            let telling = files(in: program.workspace).filter { $0.data.range(of: Data(Self.secret.utf8)) != nil }
            let names = Set(telling.map { ($0.path as NSString).lastPathComponent })
            #expect(!names.isEmpty && names.isSubset(of: ["studio.sqlite", "studio.sqlite-wal"]), "\(names)")
        }
    }

    @Test(.timeLimit(.minutes(2))) func `The signature of an input's address is not shown with its job`() async throws {
        try await Program.with { program in
            try write("name: plain\ndependencies: [python=3]\n", to: program.folder + "/conda.yml")
            try Self.describe("plain", in: program, variables: "{}")
            _ = try program.succeed("batch-endpoint", "create", "-n", "secrets")
            _ = try program.succeed("batch-deployment", "create", "-f", "deployment.yml")
            let runs = try [
                program.run(
                    "batch-endpoint",
                    "invoke",
                    "-n",
                    "secrets",
                    "-d",
                    "plain",
                    "--job-name",
                    "planted",
                    "--input-type",
                    "uri_file",
                    "--input",
                    "http://127.0.0.1:1/x.csv?sig=\(Self.secret)"
                ),
                program.run("job", "show", "-n", "planted"), program.run("job", "list", "-o", "json"),
            ]
            #expect(runs[1].output.contains("127.0.0.1:1/x.csv"), "\(runs)")
            for run in runs { #expect(!(run.output + run.error).contains(Self.secret), "\(run)") }
            let telling = files(in: program.workspace).filter { $0.data.range(of: Data(Self.secret.utf8)) != nil }
            #expect(!telling.isEmpty && telling.allSatisfy { $0.path.contains("/secrets/") }, "\(telling.map(\.path))")
        }
    }
}
