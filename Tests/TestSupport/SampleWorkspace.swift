package import BatchDomain
package import BatchWorkspace
package import Foundation
import Synchronization

/// A workspace with something of everything in it, the same every time: for pages and for measuring.
package enum SampleWorkspace {
    /// The time at which everything in it seems to have been made: 2026-11-22 13:58 UTC.
    package static let date = Date(timeIntervalSince1970: 1_795_355_880)

    /// Fills a workspace, with so many jobs that are done besides those that show a state each.
    @discardableResult
    package static func fill(_ folder: WorkspaceFolder, jobs: Int = 0) async throws -> Workspace {
        let clock = SteppingClock(date.addingTimeInterval(-7200))
        let workspace = try Workspace(opening: folder) { clock.now }
        let files = folder.path + "/.sample"
        try writeFiles(files)
        try await registerAssets(files, in: workspace)
        try await makeEndpoints(in: workspace)
        for number in 0..<jobs {
            let job = try await invoke("nightly-\(number)", on: "wine-growers", in: workspace)
            try await finish(job, in: workspace, clock: clock)
        }
        try await makeJobs(in: workspace, clock: clock)
        return workspace
    }

    private static func writeFiles(_ folder: String) throws {
        try write(
            "artifact_path: model\nflavors:\n  python_function:\n    env: conda.yaml\n",
            to: folder + "/wine/MLmodel"
        )
        try write("name: wine\ndependencies:\n- python=3.11\n- pip:\n  - mlflow\n", to: folder + "/wine/conda.yaml")
        for number in 0..<20 {
            try write(
                "alcohol,malic\n13.2,1.7\n",
                to: folder + "/unlabeled/wine-\(number < 10 ? "0" : "")\(number).csv"
            )
        }
    }

    private static func registerAssets(_ files: String, in workspace: Workspace) async throws {
        for _ in 0..<2 {
            _ = try await workspace.register(
                ModelRegistration(
                    name: "wine",
                    kind: .mlflow,
                    description: "Tells which grower a wine comes from.",
                    tags: ["owner": "anna"],
                    path: files + "/wine",
                    source: "./wine",
                    mlflow: mlflow
                )
            )
        }
        _ = try await workspace.register(
            ModelRegistration(name: "taxi-tips", kind: .custom, path: files + "/wine", source: "./taxi-tips")
        )
        _ = try await workspace.register(
            DataRegistration(
                name: "wine-unlabeled",
                description: "Wines without a label.",
                path: .local(files + "/unlabeled")
            )
        )
        _ = try await workspace.register(
            EnvironmentRegistration(
                name: "sklearn-env",
                description: "For scoring scripts.",
                image: "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest",
                condaFile: "name: sklearn\ndependencies:\n- python=3.11\n- pip:\n  - scikit-learn==1.5.2\n",
                source: EnvironmentSource(
                    file: "conda.yaml",
                    pythonVersion: "3.11",
                    requirements: ["scikit-learn==1.5.2"]
                )
            )
        )
        _ = try await workspace.save(
            ComputeTarget(
                name: "batch-cluster",
                kind: .amlCompute,
                description: "As in Azure.",
                size: "STANDARD_DS3_V2",
                maxInstances: 5,
                createdAt: workspace.now()
            )
        )
    }

    private static let mlflow = MLflowModel(
        flavors: [
            MLflowModel.Flavor(
                name: "python_function",
                attributes: [
                    MLflowModel.Attribute(key: "env", value: "conda.yaml"),
                    MLflowModel.Attribute(key: "loader_module", value: "mlflow.sklearn"),
                ]
            ),
            MLflowModel.Flavor(
                name: "sklearn",
                attributes: [MLflowModel.Attribute(key: "sklearn_version", value: "1.5.2")]
            ),
        ],
        signature: ModelSignature(
            inputs: [
                ModelSignature.Field(name: "alcohol", type: "double"),
                ModelSignature.Field(name: "malic", type: "double", isRequired: false),
            ],
            outputs: [ModelSignature.Field(name: nil, type: "long")],
            parameters: [ModelSignature.Field(name: "threshold", type: "double", defaultValue: "0.5")]
        ),
        mlflowVersion: "2.17.2",
        runID: "6f9c",
        createdAt: "2026-11-20 09:00:00.000000",
        pythonVersion: "3.11.7",
        environments: [
            EnvironmentSource(
                file: "conda.yaml",
                pythonVersion: "3.11",
                requirements: ["mlflow", "scikit-learn==1.5.2"],
                leftOut: [LeftOutLine("libgomp", .condaPackage)]
            )
        ]
    )

    private static func makeEndpoints(in workspace: Workspace) async throws {
        for (name, description) in [("wine-growers", "Who grew this wine?"), ("taxi-tips", "How much will they tip?")] {
            _ = try await workspace.createEndpoint(
                EndpointDraft(name: name, description: description, tags: ["team": "sales"])
            )
        }
        _ = try await workspace.createEndpoint(EndpointDraft(name: "new-endpoint"))
        var settings = SettingsOverrides()
        settings.miniBatchSize = 2
        settings.errorThreshold = 3
        settings.environmentVariables = ["OMP_NUM_THREADS": "1"]
        for (deployment, compute) in [("mlflow", "local"), ("mlflow-wide", "batch-cluster")] {
            settings.instanceCount = compute == "local" ? 1 : 4
            _ = try await workspace.deploy(
                DeploymentDraft(
                    endpointName: "wine-growers",
                    name: deployment,
                    description: deployment == "mlflow" ? "The one for every day." : "",
                    model: .registered(AssetReference(name: "wine")),
                    compute: compute,
                    settings: settings
                )
            )
        }
        _ = try await workspace.deploy(
            DeploymentDraft(
                endpointName: "taxi-tips",
                name: "autolog",
                model: .registered(AssetReference(name: "wine", version: .exact("1")))
            )
        )
    }
}

/// A clock that tests set; every look moves it by a second.
package final class SteppingClock: Sendable {
    private let time: Mutex<Date>

    /// Begins at a time.
    package init(_ start: Date) {
        time = Mutex(start)
    }

    /// The time now, a second later than when it was last looked at.
    package var now: Date {
        time.withLock { time in
            time = time.addingTimeInterval(1)
            return time
        }
    }

    /// Lets time go by.
    package func advance(by seconds: Double) {
        time.withLock { $0 = $0.addingTimeInterval(seconds) }
    }
}
