import Foundation
import TestSupport
import Testing

/// Commands of `az ml` that mean nothing on one's own machine, and those that mean something else.
struct AzureOnlyCommandTests {
    @Test(
        arguments: [
            "model package -n wine -v 1 -r registry --file package.yml", "model share -n wine -v 1 --registry-name r",
            "compute start -n batch-cluster", "compute stop --name batch-cluster --no-wait",
            "compute restart -n batch-cluster -g group -w workspace", "compute list-usage --location westeurope",
        ]
    )
    func `are refused in one sentence`(line: String) async throws {
        try await CommandBench.with { bench in
            let answer = await bench.run("ml \(line)")
            #expect(answer.exitCode == 1 && answer.output == "")
            let name = line.split(separator: " ").prefix(2).joined(separator: "-")
            expectMessage(answer.error, "refused/\(name)")
        }
    }

    @Test(arguments: ["command", "sweep", "pipeline", "parallel", "spark", "automl"])
    func `a job of another kind is refused by its kind`(kind: String) async throws {
        try await CommandBench.with { bench in
            let schema = "https://azuremlschemas.azureedge.net/latest/\(kind)Job.schema.json"
            for (key, value) in [("type", kind), ("$schema", schema)] {
                try write("\(key): \(value)\ncommand: echo\n", to: bench.folder + "/job.yml")
                let answer = await bench.run("job create -f \(bench.folder)/job.yml --stream")
                #expect(answer.exitCode == 2)
                expectMessage(answer.error, "refused/\(kind) by \(key)")
            }
            #expect(await bench.run("job create").error.contains("batch-endpoint invoke"))
        }
    }

    @Test func `one size of machine is listed, and no node where nothing runs`() async throws {
        try await CommandBench.with { bench in
            let size = await bench.run("compute list-sizes --query [0].[name,v_cp_us] -o tsv").output
            #expect(size == "local\n\(ProcessInfo.processInfo.activeProcessorCount)\n")
            #expect(await bench.run("compute list-nodes -n local").output == "[]\n")
            #expect(await bench.run("compute list-nodes -n nosuch").exitCode == 1)
        }
    }

    @Test func `a model is downloaded below its name, and nothing is overwritten`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            #expect(
                await bench.run("model download -n wine -v 1 --download-path got --query length(@)").output == "3\n"
            )
            let file = bench.folder + "/got/wine/model/model.pkl"
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "pickle")
            #expect(await bench.run("model download -n wine -p got").exitCode == 0)
            try write("mine", to: file)
            #expect(await bench.run("model download -n wine -p got").exitCode == 1)
            #expect(await bench.run("model download -n wine -p got --overwrite").exitCode == 0)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "pickle")
        }
    }
}
