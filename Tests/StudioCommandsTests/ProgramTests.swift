import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

struct ProgramTests {
    @Test(
        arguments: [
            "", "model", "data", "environment", "compute", "batch-endpoint", "batch-deployment", "job", "sample",
            "executor", "workspace", "cache", "config",
        ]
    )
    func `shows its help without making a workspace`(group: String) async throws {
        try await CommandBench.with { bench in
            let answer = await bench.run("\(group) --help")
            #expect(answer.exitCode == 0 && answer.error == "")
            #expect(await bench.run("help \(group)") == answer)
            expectGolden(answer.output, "help/\(group.isEmpty ? "batchstudio" : group).txt")
            #expect(!FileManager.default.fileExists(atPath: bench.workspaceFolder.path))
        }
    }

    @Test func `is az when called with ml`() async throws {
        try await CommandBench.with { bench in
            let created = await bench.run("ml batch-endpoint create -n wine-batch -g group -w workspace")
            #expect(created.exitCode == 0)
            let plain = await bench.run("batch-endpoint show -n wine-batch")
            #expect(plain == created)
            #expect(await bench.run("ml batch-endpoint show -n wine-batch --subscription x") == plain)
        }
    }

    @Test(
        arguments: [
            "--workspace OTHER batch-endpoint list", "batch-endpoint --workspace OTHER list",
            "batch-endpoint list --workspace OTHER", "-g a -w b --subscription c batch-endpoint list --workspace OTHER",
        ]
    )
    func `takes its own options anywhere`(line: String) async throws {
        try await CommandBench.with { bench in
            let other = bench.folder + "/other"
            #expect(await bench.run(line.replacing("OTHER", with: other)).output == "[]\n")
            #expect(FileManager.default.fileExists(atPath: other + "/studio.sqlite"))
            #expect(!FileManager.default.fileExists(atPath: bench.workspaceFolder.path))
        }
    }

    @Test func `names the versions of its parts without making a workspace`() async throws {
        try await CommandBench.with { bench in
            let program = await bench.run("version --query batchstudio -o tsv")
            #expect(await bench.run("--version") == program)
            let schema = await bench.run("version --query schema -o tsv")
            #expect(schema.output == DatabaseVersions.schema + "\n")
            #expect(await bench.run("version --query sqlite -o tsv").output.hasPrefix("3."))
            #expect(!FileManager.default.fileExists(atPath: bench.workspaceFolder.path))
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `writes completions for shells`(shell: String) async throws {
        try await CommandBench.with { bench in
            let answer = await bench.run("--generate-completion-script \(shell)")
            #expect(answer.exitCode == 0)
            #expect(answer.output.contains("batch-endpoint"))
        }
    }

    @Test func `starts an executor for jobs that are unfinished, whatever is asked`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            _ = await bench.run("model list")
            #expect(bench.executorStarts == 0)
            _ = await bench.run("batch-endpoint invoke -n wine-batch --input ./unlabeled --job-name night")
            _ = await bench.run("model list")
            #expect(bench.executorStarts == 2)
            try await bench.endJob()
            _ = await bench.run("model list")
            #expect(bench.executorStarts == 2)
        }
    }

    @Test func `asks for the executor without making a workspace`() async throws {
        try await CommandBench.with { bench in
            expectGolden(await bench.run("executor status").output, "executor/status.json")
            #expect(await bench.run("executor stop").exitCode == 0)
            #expect(!FileManager.default.fileExists(atPath: bench.workspaceFolder.path))
        }
    }

    @Test func `lets no text of others reach a terminal as more than text`() async throws {
        try await CommandBench.with { bench in
            var terminal = bench
            terminal.isTerminal = true
            let evil = "\u{1B}[2J\u{9B}31m\u{202E}gone"
            for words in [
                ["batch-endpoint", "create", "-n", "wine-batch", "--set", "description=\(evil)"],
                ["batch-endpoint", "list", "-o", "table"],
                ["batch-endpoint", "list", "--query", "[].description", "-o", "tsv"],
                ["batch-endpoint", "show", "-n", "wine-batch", "-o", "yaml"], ["batch-endpoint", "show", "-n", evil],
            ] {
                let answer = await terminal.run(words)
                for character: Character in ["\u{1B}", "\u{9B}", "\u{202E}"] {
                    #expect(!answer.output.contains(character), "\(words)")
                }
            }
            let colored = await terminal.run("batch-endpoint show -n wine-batch -o jsonc --query {name:name}")
            #expect(colored.output == "{\n  \u{1B}[34m\"name\"\u{1B}[39m: \"wine-batch\"\n}\n")
            terminal.environment = ["NO_COLOR": "1"]
            let plain = await terminal.run("batch-endpoint show -n wine-batch -o jsonc --query {name:name}")
            #expect(plain.output == "{\n  \"name\": \"wine-batch\"\n}\n")
        }
    }

    @Test func `says what of the sample exists, without Python`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let answer = await bench.run("sample create")
            #expect(answer.exitCode == 0 && answer.error == "")
            expectGolden(answer.output, "sample/again.txt")
        }
    }

    @Test func `looks at what there is without making a workspace`() async throws {
        try await CommandBench.with { bench in
            let names = await bench.run("doctor --query [].name -o tsv").output
            let tools = "python3\nuv\nenvironments\nmemory limits\nGPUs\n"
            #expect(names == "workspace\ndisk space\ninput cache\nexecutor\n" + tools)
            #expect(!FileManager.default.fileExists(atPath: bench.workspaceFolder.path))
        }
    }

    @Test(arguments: [
        (nil, "2GiB at most (the default)"), ("2GB", "2GB at most (BATCHSTUDIO_INPUT_CACHE=2GB)"),
        ("2G", "BATCHSTUDIO_INPUT_CACHE=2G is not a size."),
    ])
    func `shows the limit of the input cache that it read`(set: String?, found: String) async throws {
        try await CommandBench.with { bench in
            var bench = bench
            bench.environment["BATCHSTUDIO_INPUT_CACHE"] = set
            let cache = await bench.run(["doctor", "--query", "[?name=='input cache'].found", "-o", "tsv"])
            #expect(cache.output == found + "\n")
        }
    }

    @Test func `says when a workspace can't be made`() async throws {
        try await CommandBench.with { bench in
            let answer = await bench.run("model list --workspace /proc/nowhere")
            #expect(answer.exitCode == 1)
            expectMessage(answer.error, "wrong/workspace")
        }
    }

    @Test func `prints its version`() async throws {
        try await CommandBench.with { bench in
            #expect(await bench.run("--version").output == "0.1.0\n")
        }
    }
}
