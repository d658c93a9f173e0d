import BatchManifest
import Foundation
import TestSupport
import Testing

/// `batchstudio init` and `batchstudio schema`.
struct ProjectCommandTests {
    private static let files = ["endpoint.yml", "deployment.yml", "data.yml"]

    @Test func `writes files that create an endpoint, a deployment and data for the model that it finds`() async throws
    {
        try await CommandBench.with { bench in
            try bench.writeModelAndData()
            try FileManager.default.moveItem(atPath: bench.folder + "/model", toPath: bench.folder + "/wine")
            #expect(await bench.run("init --query [].status -o tsv").output == "created\ncreated\ncreated\n")
            for file in Self.files {
                expectGolden(try String(contentsOfFile: "\(bench.folder)/\(file)", encoding: .utf8), "init/\(file)")
            }
            for line in [
                "batch-endpoint create -f FOLDER/endpoint.yml",
                "batch-deployment create -f FOLDER/deployment.yml --set-default", "data create -f FOLDER/data.yml",
                "batch-endpoint invoke -n wine-batch --input azureml:wine-data@latest",
            ] {
                let answer = await bench.run(line.replacing("FOLDER", with: bench.folder))
                #expect(answer.exitCode == 0, "\(line): \(answer.error)")
            }
            let schemas = try FileManager.default.contentsOfDirectory(atPath: bench.folder + "/.batchstudio").sorted()
            #expect(schemas == ["data.schema.json", "deployment.schema.json", "endpoint.schema.json"])
        }
    }

    @Test func `leaves files that are there as they are`() async throws {
        try await CommandBench.with { bench in
            try bench.writeModelAndData()
            try write("mine", to: bench.folder + "/deployment.yml")
            #expect(await bench.run("init --query [].status -o tsv").output == "created\nexists already\ncreated\n")
            #expect(try String(contentsOfFile: bench.folder + "/deployment.yml", encoding: .utf8) == "mine")
        }
    }

    @Test func `wants to know the model where there is none or more than one`() async throws {
        try await CommandBench.with { bench in
            let none = await bench.run("init")
            #expect(none.exitCode == 1 && none.error.contains("--model"))
            try bench.writeModelAndData()
            try FileManager.default.copyItem(atPath: bench.folder + "/model", toPath: bench.folder + "/other")
            let two = await bench.run("init")
            #expect(two.exitCode == 1 && two.error.contains("FOLDER/other"))
            #expect(!FileManager.default.fileExists(atPath: bench.folder + "/endpoint.yml"))
            #expect(await bench.run("init --model ./other --data ./unlabeled/a.csv").exitCode == 0)
            let data = try String(contentsOfFile: bench.folder + "/data.yml", encoding: .utf8)
            #expect(data.contains("type: uri_file\npath: ./unlabeled/a.csv\n"))
        }
    }

    @Test func `prints the schema of a kind, writes those of all, and names the kind that was meant`() async throws {
        try await CommandBench.with { bench in
            let schema = try ManifestKind.deployment.schema().json + "\n"
            #expect(await bench.run("schema deployment") == .init(output: schema, error: "", exitCode: 0))
            #expect(await bench.run("schema --to schemas -o none").exitCode == 0)
            for kind in ManifestKind.allCases {
                let file = "\(bench.folder)/schemas/\(kind).schema.json"
                #expect(try String(contentsOfFile: file, encoding: .utf8) == kind.schema().json + "\n")
            }
            let slip = await bench.run("schema deploymnt")
            #expect(slip.exitCode == 2 && slip.error.contains("'deployment'"))
            #expect(await bench.run("schema").exitCode == 2)
        }
    }
}
