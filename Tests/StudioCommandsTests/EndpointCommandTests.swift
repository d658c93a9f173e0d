import TestSupport
import Testing

struct EndpointCommandTests {
    @Test func `creates an endpoint and shows it`() async throws {
        try await CommandBench.with { bench in
            let created = await bench.run("batch-endpoint create -n wine-batch")
            expectGolden(created.output, "endpoint/create.json")
            #expect(await bench.run("batch-endpoint show -n wine-batch") == created)
            let address = await bench.run("batch-endpoint show -n wine-batch --query scoring_uri -o tsv")
            #expect(address.output == "batchstudio://batchEndpoints/wine-batch/jobs\n")
        }
    }

    @Test func `creates an endpoint from a file`() async throws {
        try await CommandBench.with { bench in
            try write("name: a-name\ndescription: From a file\ntags: {owner: me}\n", to: bench.folder + "/e.yml")
            _ = await bench.run("batch-endpoint create -f \(bench.folder)/e.yml -n wine-batch --set tags.team=cellar")
            expectGolden(await bench.run("batch-endpoint show -n wine-batch -o yaml").output, "endpoint/file.yaml")
        }
    }

    @Test(arguments: ["--set defaults.deployment_name=second", "--defaults deployment_name=second"])
    func `changes the default deployment in both of Azure's ways`(flags: String) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            _ = await bench.run("batch-deployment create -f \(bench.folder)/deployment.yml -e wine-batch -n second")
            let query = "--query defaults.deployment_name -o tsv"
            #expect(await bench.run("batch-endpoint show -n wine-batch \(query)").output == "wine-mlflow\n")
            #expect(await bench.run("batch-endpoint update -n wine-batch \(flags) \(query)").output == "second\n")
        }
    }

    @Test func `adds and removes labels`() async throws {
        try await CommandBench.with { bench in
            _ = await bench.run("batch-endpoint create -n wine-batch --set tags.a=1 --set tags.b=2")
            let answer = await bench.run(
                "batch-endpoint update -n wine-batch --remove tags.a --add tags.c=3 --set description=new --query tags"
            )
            #expect(answer.output == "{\n  \"b\": \"2\",\n  \"c\": \"3\"\n}\n")
            let wrong = await bench.run("batch-endpoint update -n wine-batch --remove tags.a")
            #expect(wrong.exitCode == 2)
        }
    }

    @Test func `deletes an endpoint with its deployments, and leaves its jobs`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            _ = await bench.run("batch-endpoint invoke -n wine-batch --input ./unlabeled --job-name night")
            let busy = await bench.run("batch-endpoint delete -n wine-batch --yes")
            #expect(busy.exitCode == 1)
            expectMessage(busy.error, "delete/endpoint-in-use")
            try await bench.endJob()
            #expect(await bench.run("batch-endpoint delete -n wine-batch --yes").exitCode == 0)
            #expect(await bench.run("batch-endpoint list").output == "[]\n")
            #expect(
                await bench.run("batch-endpoint list-jobs -n wine-batch --query [].name -o tsv").output == "night\n"
            )
        }
    }
}
