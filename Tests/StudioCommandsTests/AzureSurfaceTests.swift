import ArgumentParser
import BatchManifest
import TestSupport
import Testing

@testable import StudioCommands

/// Verbs, flags and keys of `az ml`, copied by hand from its reference.
struct AzureSurfaceTests {
    /// Every verb with all its flags, short and long.
    static let lines = [
        "batch-endpoint create -f a.yml -n x --no-wait --set a=b", "batch-endpoint show -n x", "batch-endpoint list",
        "batch-endpoint update -f a.yml -n x --set a=b --add tags.c=d --remove tags.e --force-string --no-wait",
        "batch-endpoint update --name x --defaults deployment_name=y", "batch-endpoint delete -n x -y --no-wait",
        "batch-endpoint list-jobs --name x",
        "batch-endpoint invoke -n x -d y --input azureml:z@latest --input-type uri_folder -c 2 --job-name j -m 3 "
            + "--output-path azureml://datastores/a/paths/b --set a=b c=d",
        "batch-endpoint invoke --name x --deployment-name y --instance-count 2 --mini-batch-size 3 --file inputs.yml "
            + "--experiment-name e",
        "batch-endpoint invoke -n x --input-path folder:https://host/a",
        "batch-endpoint invoke -n x --input-path file:./a",
        "batch-endpoint invoke -n x --input-dataset azureml:n:1 --output-path folder:azureml://datastores/a/paths/b",
        "batch-endpoint invoke -n x --input-local-path ./a", "batch-endpoint invoke -n x --input-data azureml:n:1",
        "batch-deployment create -f a.yml -e x -n y --set a=b --set-default --skip-script-validation --no-wait",
        "batch-deployment create --file a.yml --endpoint-name x --name y", "batch-deployment show -n y -e x",
        "batch-deployment list -e x", "batch-deployment list-jobs --name y --endpoint-name x",
        "batch-deployment update -n y -e x -f a.yml --set a=b --add tags.c=d --remove tags.e --force-string --no-wait",
        "batch-deployment delete -n y -e x --yes --no-wait",
        "model create -f a.yml -n x -v 1 -p ./a -t mlflow_model --tags a=b --description c --datastore d --stage s",
        "model create --file a.yml --name x --version 1 --path ./a --type custom_model --set a=b",
        "model list -n x -r 5 --archived-only", "model list --name x --max-results 5 --include-archived",
        "model show -n x -v 1", "model show --name x --label latest", "model download -n x -v 1 -p .",
        "model download --name x --version 1 --download-path .", "model archive -n x -v 1",
        "model archive -n x -l latest",
        "model restore --name x --version 1",
        "model update -n x -v 1 --set a=b --add tags.c=d --remove tags.e --force-string --stage s",
        "model package -n x -v 1 --file a.yml", "model share -n x -v 1 --registry-name r --share-with-name s",
        "data create -f a.yml -n x -v 1 -z store --set a=b",
        "data create --name x --type uri_file --path ./a --description d --datastore-name store", "data list -n x -r 5",
        "data list --max-results 5 --archived-only", "data show -n x -v 1", "data show --name x --label latest",
        "data update -n x -v 1 --set a=b --add tags.c=d --remove tags.e --force-string", "data archive -n x -v 1",
        "data restore -n x",
        "environment create -f a.yml -n x -v 1 -i image -c c.yml -b . -d Dockerfile --os-type linux "
            + "--datastore d --tags a=b --description c --set a=b",
        "environment create --image i --conda-file c.yml --build-context . --dockerfile-path Dockerfile",
        "environment list -n x -r 5 --include-archived", "environment show -n x -l latest",
        "environment archive -n x -v 1",
        "environment restore -n x -v 1", "environment update -n x -v 1 --set a=b --add tags.c=d --remove tags.e",
        "compute create -f a.yml -n x -t AmlCompute --size s --min-instances 0 --max-instances 4 -d 120 --tier dedicated "
            + "--identity-type SystemAssigned --no-wait",
        "compute create --name x --type amlcompute --idle-time-before-scale-down 60 --location l --set a=b",
        "compute list --type AmlCompute -r 5", "compute list-nodes -n x", "compute list-sizes --location l --type t",
        "compute list-usage --location l", "compute show -n x", "compute start -n x --no-wait", "compute stop -n x",
        "compute restart -n x", "compute delete -n x -y --no-wait",
        "compute update -n x --max-instances 3 --min-instances 1 --idle-time-before-scale-down 60 --identity-type i "
            + "--tags a=b --set a=b --add tags.c=d --remove tags.e --force-string --no-wait",
        "job create -f a.yml -n x --stream --web --set a=b", "job create --file a.yml -e", "job show -n x --web",
        "job show --name x -e", "job stream -n x",
        "job download -n x --all -p . --output-name score", "job download --name x --download-path .",
        "job cancel -n x",
        "job list -p parent -r 50 --archived-only", "job list --parent-job-name p --max-results 5 --include-archived",
        "job list --all-results", "job archive -n x", "job restore -n x",
        "job update -n x --set a=b --add tags.c=d --remove tags.e --force-string",
    ]

    static let everywhere =
        "-g group -w workspace -o json --query name --subscription s --verbose --debug --only-show-errors"

    @Test(arguments: lines)
    func `every verb takes the flags that it has in az`(line: String) throws {
        for text in [line, "\(line) \(Self.everywhere)"] {
            let command = try BatchStudio.parseAsRoot(text.split(separator: " ").map(String.init))
            #expect(command is any StudioCommand)
        }
    }

    @Test(arguments: ["json", "jsonc", "yaml", "yamlc", "table", "tsv", "none"])
    func `every format of az is one`(format: String) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let answer = await bench.run("model show -n wine -o \(format)")
            #expect(answer.exitCode == 0 && answer.output.isEmpty == (format == "none"))
        }
    }

    @Test(
        arguments: [
            (
                "batch-endpoint show -n wine-batch",
                "auth_mode defaults.deployment_name description id location name openapi_uri properties provisioning_state "
                    + "scoring_uri tags"
            ),
            (
                "batch-deployment show -n wine-mlflow -e wine-batch",
                "compute description endpoint_name environment_variables error_threshold id logging_level "
                    + "max_concurrency_per_instance mini_batch_size model name output_action output_file_name properties "
                    + "provisioning_state resources.instance_count retry_settings.max_retries retry_settings.timeout tags"
            ),
            (
                "job show -n night",
                "compute creation_context.created_at display_name experiment_name id inputs name outputs.score properties "
                    + "services.Studio.endpoint services.Studio.type settings status tags type"
            ),
            ("batch-endpoint invoke -n wine-batch --input ./unlabeled", "id name type status"),
            (
                "model show -n wine",
                "creation_context.created_at description flavors.python_function id name path properties tags type version"
            ),
            (
                "data show -n wine-unlabeled",
                "creation_context.created_at description id name path properties tags type version"
            ),
            (
                "environment show -n sklearn-env",
                "conda_file creation_context.created_at description id image name os_type properties tags version"
            ),
            (
                "compute show -n local",
                "created_on description id idle_time_before_scale_down location max_instances min_instances name "
                    + "provisioning_state size tags type"
            ),
        ]
    )
    func `every kind is shown under the keys of az`(line: String, keys: String) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            try write("dependencies: [python=3.11]\n", to: bench.folder + "/conda.yaml")
            _ = await bench.run("environment create -n sklearn-env -c ./conda.yaml")
            _ = await bench.run("batch-endpoint invoke -n wine-batch --input ./unlabeled --job-name night")
            let document = try YAMLDocument(text: await bench.run("\(line) -o json").output, file: "shown")
            for key in keys.split(separator: " ") {
                var node: YAMLNode? = document.root
                for part in key.split(separator: ".") { node = node?[String(part)] }
                #expect(node != nil, "\(key)")
            }
        }
    }
}
