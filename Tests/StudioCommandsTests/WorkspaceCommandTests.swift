import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

/// `batchstudio workspace`.
struct WorkspaceCommandTests {
    @Test func `Shows where everything is kept`() async throws {
        try await CommandBench.with { bench in
            _ = await bench.run("batch-endpoint create -n wine")
            let answer = await bench.run([
                "workspace", "show", "--query", "{id: id, name: name, path: path, w: is_writable}",
            ])
            #expect(answer.exitCode == 0)
            let expected =
                "{\n  \"id\": \"GUID\",\n  \"name\": \"workspace\",\n  \"path\": \"FOLDER/workspace\",\n  \"w\": true\n}\n"
            #expect(answer.output == expected)
            let version = await bench.run("workspace show --query schema_version -o tsv").output
            #expect(Int(version.trimmingCharacters(in: .newlines)) ?? 0 >= 14)
        }
    }

    @Test func `A workspace that is not there is neither shown nor made`() async throws {
        try await CommandBench.with { bench in
            let answer = await bench.run("workspace show")
            #expect(answer.exitCode == 1)
            expectMessage(answer.error, "workspace/missing")
            #expect(!FileManager.default.fileExists(atPath: bench.workspaceFolder.path))
        }
    }

    @Test func `A backup opens as a workspace of its own`() async throws {
        try await CommandBench.with { bench in
            _ = await bench.run("batch-endpoint create -n wine")
            let answer = await bench.run("workspace backup copy")
            #expect(answer.exitCode == 0)
            #expect(answer.output.contains("\"path\": \"FOLDER/copy\""))
            let list = await bench.run("batch-endpoint list --workspace copy --query [].name -o tsv")
            #expect(list.output == "wine\n")
            #expect(await bench.run("workspace backup copy").exitCode == 1)
        }
    }

    @Test func `A repair in a folder without a workspace creates none`() async throws {
        try await CommandBench.with { bench in
            try write("print()\n", to: bench.folder + "/project/main.py")
            let answer = await bench.run("doctor --repair --workspace project -o json --query [].found")
            #expect(answer.exitCode == 0)
            #expect(answer.output == "[\n  \"nothing is damaged; nothing was changed\"\n]\n")
            let names = try FileManager.default.contentsOfDirectory(atPath: bench.folder + "/project")
            #expect(names == ["main.py"])
        }
    }

    @Test func `Doctor builds no environment and starts no Ray to check a cluster`() async throws {
        try await CommandBench.with { bench in
            for (name, address) in [("grid", "127.0.0.1:1"), ("own", "local")] {
                try write("name: \(name)\ntype: ray\naddress: \(address)\n", to: bench.folder + "/\(name).yml")
                let made = await bench.run("compute create -f \(bench.folder)/\(name).yml")
                #expect(made.exitCode == 0, "\(made.error)")
                let answer = await bench.run("doctor --query [?name=='\(name)'].[state,found,advice] -o tsv")
                #expect(answer.output.hasPrefix("note\t"), "\(answer)")
                #expect(answer.output.contains("not checked here"))
                #expect(answer.output.contains("batchstudio compute show -n \(name) --check"))
            }
            #expect(!FileManager.default.fileExists(atPath: bench.folder + "/.cache/batchstudio/environments"))
        }
    }

    @Test func `A workspace whose database is gone is told as damaged and repaired`() async throws {
        try await CommandBench.with { bench in
            try write("weights", to: bench.workspaceFolder.models + "/wine/1/wine/model.bin")
            let found = await bench.run("doctor --query [?name=='database'].[found,advice] -o tsv")
            #expect(found.exitCode == 1)
            #expect(found.output.contains("is damaged: it is gone."))
            #expect(found.output.hasSuffix("Run: batchstudio doctor --repair\n"))
            let repair = await bench.run("doctor --repair --query [].name -o tsv")
            #expect(repair.output.hasSuffix("model wine:1\n"))
            #expect(await bench.run("model list --query [].name -o tsv").output == "wine\n")
        }
    }
}
