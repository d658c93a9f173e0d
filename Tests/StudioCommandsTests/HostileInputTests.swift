import BatchDomain
import BatchWorkspace
import Foundation
import StudioCommands
import TestSupport
import Testing

/// Untrusted text on a user's terminal.
struct HostileInputTests {
    /// Clears the screen, names the window, turns the direction of reading and goes back in the line.
    private static let evil = "a\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}b\u{9b}31m\u{2066}c\u{200f}"
    /// The same in a double-quoted text of YAML or JSON.
    private static let escaped = #"a\u001b[2J\u001b]0;owned\u0007\u202eb\u009b31m\u2066c\u200f"#

    private func expectHarmless(
        _ answer: CommandBench.Answer,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        for text in [answer.output, answer.error] {
            let commands = text.unicodeScalars.filter { scalar in
                switch scalar.value {
                case 0x09, 0x0a: false
                case 0..<0x20, 0x7f...0x9f, 0x200e...0x200f, 0x202a...0x202e, 0x2066...0x2069: true
                default: false
                }
            }
            #expect(commands.isEmpty, "\(text.debugDescription)", sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: ["json", "yaml", "table", "tsv", "jsonc", "yamlc"])
    func `The metadata of a model can't command a terminal`(format: String) async throws {
        try await CommandBench.with { bench in
            var bench = bench
            try write(
                """
                flavors:
                  python_function: {loader_module: "\(Self.escaped)", python_version: "\(Self.escaped)"}
                  "\(Self.escaped)": {"\(Self.escaped)": "\(Self.escaped)"}
                mlflow_version: "\(Self.escaped)"
                run_id: "\(Self.escaped)"
                signature:
                  inputs: '[{"name": "\(Self.escaped)", "type": "\(Self.escaped)"}]'
                """,
                to: bench.folder + "/model/MLmodel"
            )
            try write(
                "name: wine\npath: ./model\ntype: mlflow_model\ndescription: \"\(Self.escaped)\"\n"
                    + "tags: {\"\(Self.escaped)\": \"\(Self.escaped)\"}\n",
                to: bench.folder + "/model.yml"
            )
            bench.isTerminal = true
            bench.isErrorTerminal = true
            bench.environment["NO_COLOR"] = "1"
            let created = await bench.run(["model", "create", "-f", bench.folder + "/model.yml", "-o", format])
            #expect(created.exitCode == 0, "\(created.error)")
            expectHarmless(created)
            expectHarmless(await bench.run(["model", "show", "-n", "wine", "-o", format]))
            expectHarmless(await bench.run(["model", "list", "-o", format]))
        }
    }

    @Test(arguments: [
        ["model", "create", "-n"], ["data", "create", "-n"], ["batch-endpoint", "create", "-n"],
        ["compute", "create", "--type", "amlcompute", "-n"], ["environment", "create", "-n"],
        ["batch-endpoint", "show", "-n"], ["job", "show", "-n"], ["batch-endpoint", "invoke", "--input", ".", "-n"],
        ["job", "cancel", "-n"], ["model", "show", "-n"], ["batch-endpoint", "delete", "--yes", "-n"],
    ])
    func `A name that is none is refused, harmless and in few words`(command: [String]) async throws {
        try await CommandBench.with { bench in
            var bench = bench
            bench.isTerminal = true
            bench.isErrorTerminal = true
            for name in [
                Self.evil, "../../etc", "..", ".", "a/b", "a\0b", String(repeating: "x", count: 10 << 20),
                "\u{202e}abc",
            ] {
                let answer = await bench.run(command + [name])
                #expect(answer.exitCode != 0)
                expectHarmless(answer)
                #expect(answer.error.utf8.count < 20_000)
            }
            let places = try FileManager.default.contentsOfDirectory(atPath: bench.folder)
            #expect(Set(places).isSubset(of: ["workspace"]))
        }
    }

    @Test(
        .timeLimit(.minutes(5)),
        arguments: [
            // Each line is nine times the one above.
            "a: &a [x, x, x, x, x, x, x, x, x]\n"
                + (1..<30).map {
                    "k\($0): &b\($0) [" + Array(repeating: "*b\($0 - 1)", count: 9).joined(separator: ",") + "]\n"
                }
                .joined().replacing("*b0", with: "*a"),
            "name: " + String(repeating: "[", count: 100_000),
            "name: " + String(repeating: "{a: ", count: 50_000),
            String(repeating: "- ", count: 100_000),
            "name: \"" + String(repeating: "x", count: 10 << 20) + "\"\n",
            String(repeating: "k: v\n", count: 100_000),
            (0..<100_000).map { "k\($0): v\n" }.joined(),
            "name: \"wine\\0batch\"\n",
            "name: wine-batch\ntags: {a: \"b\\0c\"}\n",
            "? [a, b]\n: c\n",
            "name: &a [*a]\n",
        ]
    )
    func `A YAML bomb is refused at once, in few words`(yaml: String) async throws {
        try await CommandBench.with { bench in
            try write(yaml, to: bench.folder + "/bomb.yml")
            for command in ["batch-endpoint", "batch-deployment", "model", "data", "environment", "compute"] {
                let answer = await bench.run("\(command) create -f \(bench.folder)/bomb.yml")
                #expect(answer.exitCode == 2, "\(command): \(answer.error.prefix(300))")
                #expect(answer.error.utf8.count < 20_000, "\(command): \(answer.error.prefix(300))")
            }
        }
    }

    @Test func `The log of a job can't command a terminal, however long its lines are`() async throws {
        try await CommandBench.with { bench in
            var bench = bench
            try await bench.makeEndpoint()
            _ = await bench.run("batch-endpoint invoke -n wine-batch --input azureml:wine-unlabeled@latest")
            let workspace = try bench.workspace()
            let job = try #require(try await workspace.jobs().first)
            for state in [JobState.preparing, .running] { try await workspace.setState(of: job.name, to: state) }
            let line = String(repeating: "x", count: 3 << 20)
            try write(Self.evil + "\n" + line + Self.evil, to: bench.workspaceFolder.job(job.name).controllerLog)
            try await workspace.setState(of: job.name, to: .failed, cause: Self.evil)
            bench.isTerminal = true
            bench.isErrorTerminal = true
            let answer = await bench.run("job stream -n \(job.name)")
            #expect(answer.exitCode == 1)
            #expect(answer.output.contains("owned"))
            #expect(answer.output.count { $0 == "x" } >= 3 << 20)
            expectHarmless(answer)
            expectHarmless(await bench.run("job show -n \(job.name) -o yaml"))
            expectHarmless(await bench.run("job list -o table"))
        }
    }

    @Test func `A download follows no link out of the job's folder`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            _ = await bench.run("batch-endpoint invoke -n wine-batch --input azureml:wine-unlabeled@latest")
            let workspace = try bench.workspace()
            let name = try #require(try await workspace.jobs().first).name
            try await bench.endJob(name)
            let logs = bench.workspaceFolder.job(name).logs
            try write("secret", to: bench.folder + "/outside/secret.txt")
            let manager = FileManager.default
            try manager.createSymbolicLink(atPath: logs + "/link", withDestinationPath: bench.folder + "/outside")
            try manager.createSymbolicLink(
                atPath: logs + "/file",
                withDestinationPath: bench.folder + "/outside/secret.txt"
            )
            try write("ok", to: logs + "/..\\..\\evil\n\u{1b}[2J.txt")
            let answer = await bench.run("job download -n \(name) --all --download-path \(bench.folder)/got")
            #expect(answer.exitCode == 0, "\(answer.error)")
            let found = manager.enumerator(atPath: bench.folder + "/got")?.compactMap { $0 as? String } ?? []
            #expect(found.contains { $0.hasSuffix("evil\n\u{1b}[2J.txt") })
            #expect(!found.contains { $0.contains("secret") || $0.hasSuffix("/link") || $0.hasSuffix("/file") })
        }
    }
}
