import TestSupport
import Testing

struct DeploymentCommandTests {
    @Test func `creates a deployment and shows it under Azure's keys`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let shown = await bench.run("batch-deployment show -n wine-mlflow -e wine-batch")
            expectGolden(shown.output, "deployment/show.json")
            expectGolden(await bench.run("batch-deployment list -e wine-batch -o table").output, "deployment/list.txt")
        }
    }

    @Test func `creates a deployment again from what show prints`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let shown = await bench.run("batch-deployment show -n wine-mlflow -e wine-batch -o yaml").output
            try write(shown, to: bench.folder + "/again.yml")
            let again = await bench.run("batch-deployment create -f \(bench.folder)/again.yml -o yaml")
            #expect(again.error == "")
            #expect(again.output == shown)
        }
    }

    @Test func `updates settings by either spelling of their keys`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let answer = await bench.run(
                "batch-deployment update -n wine-mlflow -e wine-batch --set mini_batch_size=7 retry_settings.timeout=90 "
                    + "--query [mini_batch_size,retry_settings.timeout,retry_settings.max_retries] -o tsv"
            )
            #expect(answer.output == "7\n90\n2\n")
        }
    }

    @Test(
        arguments: [
            "--set settings.mini_batch_size=7 resources.instance_count=2",
            "--set mini_batch_size=7 instance_count=2",
            "-f FOLDER/deployment.yml --set settings.mini_batch_size=7 resources.instance_count=2 --add tags.a=1",
        ]
    )
    func `updates settings where users know them from files`(flags: String) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let line =
                "batch-deployment update -n wine-mlflow -e wine-batch \(flags) --query "
                + "[mini_batch_size,resources.instance_count,tags.a] -o tsv"
            let answer = await bench.run(line.replacing("FOLDER", with: bench.folder))
            #expect(answer.error == "")
            #expect(answer.output == "7\n2\n\(flags.contains("--add") ? "1" : "None")\n")
        }
    }

    @Test func `shows YAML in the form of files, and JSON as az does`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let shown = await bench.run("batch-deployment show -n wine-mlflow -e wine-batch -o yaml").output
            expectGolden(shown, "deployment/show.yaml")
            let size = "batch-deployment show -n wine-mlflow -e wine-batch -o yaml --query mini_batch_size"
            #expect(await bench.run(size).output == "4\n")
        }
    }

    @Test func `updates only what exists`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let answer = await bench.run("batch-deployment update -n nosuch -e wine-batch --set mini_batch_size=7")
            #expect(answer.exitCode == 1)
            expectMessage(answer.error, "deployment/unknown")
        }
    }

    @Test func `lists the jobs of a deployment`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            for name in ["one", "two"] {
                _ = await bench.run("batch-endpoint invoke -n wine-batch --input ./unlabeled --job-name \(name)")
            }
            let jobs = await bench.run("batch-deployment list-jobs -n wine-mlflow -e wine-batch --query [].name")
            #expect(jobs.output == "[\n  \"two\",\n  \"one\"\n]\n")
        }
    }

    @Test func `deletes a deployment`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            #expect(await bench.run("batch-deployment delete -n wine-mlflow -e wine-batch -y").exitCode == 0)
            #expect(await bench.run("batch-deployment list -e wine-batch").output == "[]\n")
        }
    }
}
