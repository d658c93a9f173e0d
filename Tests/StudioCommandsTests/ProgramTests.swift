import BatchWorkspace
import Foundation
import TestSupport
import Testing

struct ProgramTests {
    @Test(
        arguments: [
            "", "model", "data", "environment", "compute", "batch-endpoint", "batch-deployment", "job", "sample",
            "executor",
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

    @Test func `prints its version`() async throws {
        try await CommandBench.with { bench in
            #expect(await bench.run("--version").output == "0.1.0\n")
        }
    }
}
