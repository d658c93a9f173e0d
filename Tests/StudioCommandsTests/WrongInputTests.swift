import TestSupport
import Testing

struct WrongInputTests {
    /// Wrong inputs of users, and the exit code for each: 2 for what can't be right, 1 for what is not there.
    @Test(
        arguments: [
            ("missing-model-folder", 2, "model create --name wine --type mlflow_model --path ./nosuch"),
            ("folder-without-mlmodel", 2, "model create --name wine --type mlflow_model --path ./unlabeled"),
            ("model-type", 2, "model create --name wine --type sklearn --path ./model"),
            ("model-name", 2, "model create --name wi/ne --path ./model"),
            ("model-all", 2, "model create --name wi/ne -v a/b --path ./nosuch --tags none"),
            ("tracked-model-all", 2, "model create --name wi/ne -v a/b --path runs:/1/model --tags none"),
            ("data-all", 2, "data create --name wi/ne -v a/b --path ./nosuch --type table"),
            ("environment-all", 2, "environment create --name wi/ne -v a/b --conda-file ./nosuch.yml --tags none"),
            ("unknown-model", 1, "model show -n nosuch"),
            ("unknown-version", 1, "model show -n wine -v 7"),
            ("version-exists", 1, "model create --name wine -v 1 --path ./model"),
            ("unknown-deployment", 1, "batch-endpoint invoke -n wine-batch -d nosuch --input ./unlabeled"),
            ("unknown-endpoint", 1, "batch-endpoint invoke -n nosuch --input ./unlabeled"),
            ("endpoint-name-too-short", 2, "batch-endpoint create -n w"),
            ("endpoint-name", 2, "batch-endpoint create -n 1_wine"),
            ("misspelt-key", 2, "batch-deployment create -f FOLDER/misspelt.yml"),
            ("no-such-file", 1, "batch-deployment create -f FOLDER/nosuch.yml"),
            ("no-yaml", 2, "batch-deployment create -f FOLDER/broken.yml"),
            ("no-input", 2, "batch-endpoint invoke -n wine-batch"),
            ("two-inputs", 2, "batch-endpoint invoke -n wine-batch --input a --input-path b"),
            ("missing-input", 1, "batch-endpoint invoke -n wine-batch --input ./nosuch"),
            ("input-type", 1, "batch-endpoint invoke -n wine-batch --input ./unlabeled --input-type uri_file"),
            ("unknown-data", 1, "batch-endpoint invoke -n wine-batch --input azureml:nosuch@latest"),
            ("output-exists", 1, "batch-endpoint invoke -n wine-batch --input ./unlabeled --output-path OUTPUT"),
            ("output-elsewhere", 2, "batch-endpoint invoke -n wine-batch --input ./unlabeled --output-path ./here"),
            ("instances", 2, "batch-deployment update -n wine-mlflow -e wine-batch --set resources.instance_count=0"),
            ("set-without-value", 2, "batch-endpoint update -n wine-batch --set tags.a"),
            ("unknown-default", 1, "batch-endpoint update -n wine-batch --defaults deployment_name=nosuch"),
            ("unknown-job", 1, "job show -n nosuch"),
            ("unknown-output", 2, "job download -n nosuch --output-name scores"),
            ("query", 2, "job list --query no_such(@)"),
            ("label", 2, "model show -n wine --label newest"),
            ("max-results", 2, "job list -r 0"),
        ]
    )
    func `is answered with what is wrong and what to do`(name: String, exitCode: Int, line: String) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            try write(
                CommandBench.deployment.replacing("mini_batch_size", with: "minibatch_size"),
                to: bench.folder + "/misspelt.yml"
            )
            try write("name: [a\n", to: bench.folder + "/broken.yml")
            try write("old\n", to: bench.folder + "/workspace/blobs/scores/predictions.csv")
            let typed = line.replacing("FOLDER", with: bench.folder)
                .replacing("OUTPUT", with: "azureml://datastores/workspaceblobstore/paths/scores")
            let answer = await bench.run(typed)
            #expect(answer.output == "")
            #expect(Int(answer.exitCode) == exitCode)
            expectMessage(answer.error, "wrong/\(name)")
        }
    }

    @Test(
        arguments: [
            "nosuch", "model nosuch", "batch-endpoint show", "batch-endpoint show -n", "model list -o xml",
            "model list --nosuch", "batch-deployment list", "job list -r many",
        ]
    )
    func `ends with 2 when the command line can't be understood`(line: String) async throws {
        try await CommandBench.with { bench in
            let answer = await bench.run(line)
            #expect(answer.exitCode == 2)
            #expect(answer.output == "")
            #expect(answer.error.hasPrefix("ERROR: "))
            #expect(answer.error.contains("Usage: "))
        }
    }
}
