import BatchDomain
import BatchManifest
import BatchWorkspace
import TestSupport

extension CommandBench {
    /// A folder `model` as MLflow writes it, and a folder `unlabeled` with two files.
    func writeModelAndData() throws {
        try write(
            """
            artifact_path: model
            flavors:
              python_function:
                env: {conda: conda.yaml}
                loader_module: mlflow.sklearn
                python_version: 3.11.7
              sklearn:
                pickled_model: model.pkl
                sklearn_version: 1.4.0
            mlflow_version: 2.9.2
            signature:
              inputs: '[{"type": "double", "name": "alcohol", "required": true}]'
              outputs: '[{"type": "long", "required": true}]'
            utc_time_created: '2024-03-01 10:00:00.000000'
            """,
            to: folder + "/model/MLmodel"
        )
        try write("mlflow==2.9.2\nscikit-learn==1.4.0\n", to: folder + "/model/requirements.txt")
        try write("pickle", to: folder + "/model/model.pkl")
        for name in ["a", "b"] { try write("alcohol\n13.2\n", to: "\(folder)/unlabeled/\(name).csv") }
    }

    /// The model `wine`, the data `wine-unlabeled`, and the endpoint `wine-batch` with the deployment `wine-mlflow`; made
    /// without typing, which takes longer.
    func makeEndpoint() async throws {
        try writeModelAndData()
        try write(Self.data, to: folder + "/data.yml")
        try write(Self.deployment, to: folder + "/deployment.yml")
        let workspace = try workspace()
        let model = try YAMLDocument(folder: folder).setting(path: "name", text: "wine")
            .setting(path: "path", text: "./model")
        _ = try await workspace.register(ModelManifest.read(model))
        _ = try await workspace.register(DataManifest.read(YAMLDocument(readingFile: folder + "/data.yml")))
        _ = try await workspace.createEndpoint(EndpointDraft(name: "wine-batch"))
        let deployment = try YAMLDocument(readingFile: folder + "/deployment.yml")
        _ = try await workspace.deploy(DeploymentManifest.read(deployment, endpointName: "wine-batch"))
    }

    /// A job `night` that has ended: its output, its log, and the words that it failed with if it did.
    func endJob(_ name: String = "night", failing cause: String? = nil) async throws {
        let workspace = try workspace()
        let job = try await workspace.job(name)
        for state in [JobState.preparing, .running, .finalizing] { try await workspace.setState(of: name, to: state) }
        try await workspace.setPlan(of: name, files: 2, miniBatches: 1)
        try write("10:00 INFO Scoring.\n", to: workspaceFolder.job(name).controllerLog)
        try write("Completed\n", to: workspaceFolder.job(name).logs + "/job_result.txt")
        if cause == nil, let file = job.specification.output.file {
            try write("0,class_1,a.csv\n0,class_2,b.csv\n", to: file)
        }
        try await workspace.setState(of: name, to: cause == nil ? .completed : .failed, cause: cause)
    }

    /// A data asset.
    static let data = "name: wine-unlabeled\ntype: uri_folder\npath: ./unlabeled\n"

    /// A deployment of today's form.
    static let deployment = """
        $schema: https://azuremlschemas.azureedge.net/latest/modelBatchDeployment.schema.json
        name: wine-mlflow
        endpoint_name: other
        type: model
        model: azureml:wine@latest
        compute: azureml:local
        resources:
          instance_count: 1
        settings:
          mini_batch_size: 4
          output_action: append_row
          output_file_name: predictions.csv
          retry_settings:
            max_retries: 2
            timeout: 60

        """
}
