import Foundation
import TestSupport
import Testing

/// The commands that stand in Azure's examples and in users' scripts: each must work as it is.
struct AzureScriptTests {
    @Test func `the way from a model to its predictions works as typed`() async throws {
        try await CommandBench.with { bench in
            try bench.writeModelAndData()
            try write(CommandBench.data, to: bench.folder + "/data.yml")
            try write(CommandBench.deployment, to: bench.folder + "/deployment.yml")
            let job = "--query name -o tsv"
            for line in [
                "model create --name wine --type mlflow_model --path ./model",
                "data create -f \(bench.folder)/data.yml",
                "compute create -n batch-cluster --type amlcompute --min-instances 0 --max-instances 5",
                "batch-endpoint create --name wine-batch",
                "batch-deployment create -f \(bench.folder)/deployment.yml --endpoint-name wine-batch --set-default",
                "batch-endpoint show --name wine-batch --query scoring_uri -o tsv",
                "batch-endpoint invoke -n wine-batch --input azureml:wine-unlabeled@latest --job-name night \(job)",
                "batch-endpoint invoke --name wine-batch --deployment-name wine-mlflow --input ./unlabeled "
                    + "--input-type uri_folder --job-name other \(job)",
                "batch-deployment list-jobs --name wine-mlflow --endpoint-name wine-batch --query [].name",
                "job show -n night --query status -o tsv", "job show --name night --web",
            ] {
                let answer = await bench.run(line)
                #expect(answer.exitCode == 0 && answer.error == "", "\(line)")
            }
            try await bench.endJob()
            try await bench.endJob("other")
            for line in [
                "job stream -n night", "job download --name night --output-name score --download-path ./",
                "batch-endpoint update --name wine-batch --set defaults.deployment_name=wine-mlflow",
                "batch-endpoint update --name wine-batch --defaults deployment_name=wine-mlflow",
                "batch-endpoint list-jobs --name wine-batch --query [].name",
                "batch-deployment delete --name wine-mlflow --endpoint-name wine-batch --yes",
                "batch-endpoint delete --name wine-batch --yes",
            ] {
                let answer = await bench.run("ml \(line)")
                #expect(answer.exitCode == 0 && answer.error == "", "\(line)")
            }
            #expect(FileManager.default.fileExists(atPath: bench.folder + "/named-outputs/score/predictions.csv"))
        }
    }

    @Test(
        arguments: [
            "--no-wait", "-g group -w workspace", "--resource-group group --workspace-name workspace",
            "--subscription id",
            "--only-show-errors", "--verbose", "--debug", "-o jsonc", "-o none", "--output yamlc",
        ]
    )
    func `flags that mean nothing here are accepted`(flags: String) async throws {
        try await CommandBench.with { bench in
            #expect(await bench.run("batch-endpoint create -n wine-batch \(flags)").exitCode == 0)
        }
    }

    @Test func `flags of other groups that mean nothing here are accepted`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            for line in [
                "model create --name wine --path ./model --stage Production --datastore workspaceblobstore",
                "data create --name more --path ./unlabeled -z workspaceblobstore",
                "batch-deployment create -f \(bench.folder)/deployment.yml -e wine-batch --skip-script-validation --no-wait",
                "batch-deployment update -n wine-mlflow -e wine-batch --force-string --set tags.a=1",
                "compute create -n batch-cluster --type AmlCompute --size STANDARD_DS3_v2 --tier dedicated -d 60 "
                    + "--location westeurope",
                "job list --include-archived", "job list --all-results", "model list --archived-only",
            ] {
                #expect(await bench.run(line).exitCode == 0, "\(line)")
            }
        }
    }
}
