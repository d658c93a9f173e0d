import BatchDomain
import FoundationEssentials

@testable import StudioUI

extension Samples {
    static let models = ["2", "1"].map { version in
        Model(
            name: "wine",
            version: version,
            kind: .mlflow,
            description: "Tells which grower a wine comes from.",
            tags: ["owner": "anna"],
            source: "./wine",
            path: "/workspaces/default/models/wine/\(version)/wine",
            bytes: 123_456,
            mlflow: mlflow,
            createdAt: ago(100_000)
        )
    }

    static let mlflow = MLflowModel(
        flavors: [
            MLflowModel.Flavor(
                name: "python_function",
                attributes: [MLflowModel.Attribute(key: "loader_module", value: "mlflow.sklearn")]
            )
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

    static let model = ModelContent(model: models[0], versions: models, users: deployments)

    static let data = [
        DataAsset(
            name: "wine-unlabeled",
            version: "1",
            kind: .folder,
            description: "Wines without a label.",
            path: .local("/data/wine"),
            createdAt: ago(100_000)
        )
    ]

    static let environments = [
        EnvironmentAsset(
            name: "sklearn-env",
            version: "1",
            description: "For scoring scripts.",
            image: "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest",
            condaFile: "name: sklearn\ndependencies:\n- python=3.11\n- pip:\n  - scikit-learn==1.5.2\n",
            source: EnvironmentSource(file: "conda.yaml", pythonVersion: "3.11", requirements: ["scikit-learn==1.5.2"]),
            createdAt: ago(100_000)
        )
    ]

    static let compute = [
        ComputeTarget(
            name: "batch-cluster",
            kind: .amlCompute,
            description: "As in Azure.",
            size: "STANDARD_DS3_V2",
            maxInstances: 5,
            createdAt: ago(100_000)
        ),
        ComputeTarget(name: "local", kind: .local, description: "This machine.", createdAt: ago(100_000)),
    ]

    /// A preview of the wines, compared with the model where one is named.
    static func dataPreview(fits: Bool = false) -> DataPreview {
        DataPreview(
            format: "CSV, delimiter ';', UTF-8, header",
            notes: ["Read with ';': with ',' no column of the model is found."],
            problems: fits ? [] : [.init(file: "d=2/part-1.csv", message: "line 3 has 2 fields, but the header has 3")],
            header: ["alcohol", "Farbe"],
            rows: [["12.5", "rot"], ["13", nil]],
            columns: [
                .init(name: "alcohol", type: "number", example: "12.5", feeds: "alcohol", cast: "number → double"),
                .init(name: "Farbe", type: "text", missing: 1, example: "rot", verdict: .unused),
            ] + (fits ? [] : [.init(name: "", type: "double", feeds: "ash", verdict: .missing)])
        )
    }

    /// The request of a data asset's preview page.
    static func previewRequest(model: AssetVersion? = nil) -> DataPreviewRequest {
        DataPreviewRequest(
            input: .asset(AssetReference(name: data[0].name, version: .exact(data[0].version))),
            model: model.map { AssetReference(name: $0.name, version: .exact($0.version)) }
        )
    }

    static let dataHead = DataHead(
        files: 12,
        bytes: 48_000,
        file: "wine-01.csv",
        header: ["alcohol", "malic_acid", "colour"],
        rows: [["13.2", "1.7", "red"], ["12.9", "2.1", "white"]]
    )

    static let dataAsset = DataAssetContent(asset: data[0], versions: data, path: "/data/wine")
    static let environment = EnvironmentContent(asset: environments[0], versions: environments, users: [])
    static let cluster = RayCluster(address: "10.0.0.5:6379", maxWorkers: 64)
    static let clusterTarget = ComputeTargetContent(
        target: ComputeTarget(name: "my-cluster", kind: .ray, cluster: cluster, createdAt: ago(100_000)),
        gpus: GPUListing([]),
        users: [],
        report: ClusterReport(
            cluster: cluster,
            nodes: [
                .init(name: "10.0.0.6#a1b2c3", state: "ok", cpus: 8, gpus: 0, memory: 31 << 30, workers: 8),
                .init(name: "10.0.0.7#d4e5f6", state: "missing", cpus: 64, gpus: 4, memory: 240 << 30, workers: 64),
            ],
            problems: ["node 10.0.0.7#d4e5f6: it does not see /workspaces/default, which storage: shared needs"],
            checkedAt: ago(60)
        )
    )

    static let computeTarget = ComputeTargetContent(
        target: compute[0],
        gpus: GPUListing([GPU(index: 0, uuid: "GPU-5f1c", name: "Tesla T4", memoryBytes: 15360 << 20)]),
        users: deployments
    )

    static var test: DeploymentTest {
        var test = DeploymentTest()
        (test.rows, test.rowCount) = (["0,barolo,1.csv", "1,barbera,1.csv"], 2)
        test.printed = "scoring 1.csv\n"
        test.warnings = ["1 row fewer than lines"]
        (test.loadSeconds, test.initSeconds, test.runSeconds) = (1.5, 0.2, 0)
        return test
    }

    static var failedTest: DeploymentTest {
        var test = DeploymentTest()
        test.failures = [
            FileFailure(
                file: "1.csv",
                miniBatch: 0,
                type: "ValueError",
                message: "no such column: alcohol",
                traceback:
                    "Traceback (most recent call last):\n  File \"score.py\", line 7, in run\nValueError: no such column: alcohol",
                attempt: 1
            )
        ]
        test.loadSeconds = 1.5
        return test
    }

    static let preview = OutputPreview(
        file: "/workspaces/default/blobs/five/score/predictions.csv",
        columns: [
            OutputPreview.Column(
                name: "Column 1",
                count: 4,
                missing: 0,
                values: .numbers(minimum: 0, mean: 1.5, maximum: 3)
            ),
            OutputPreview.Column(
                name: "Column 2",
                count: 3,
                missing: 1,
                values: .texts(
                    commonest: [
                        OutputPreview.Frequency(text: "barolo", count: 2),
                        OutputPreview.Frequency(text: "barbera", count: 1),
                    ],
                    distinct: 2
                )
            ),
        ],
        rows: [["0", "barolo"], ["1", "barolo"], ["2", "barbera"], ["3", ""]],
        rowsRead: 4,
        isComplete: true
    )
}
