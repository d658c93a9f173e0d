import BatchDomain
import BatchWorkspace
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
            description: "Wines nobody has looked at.",
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

    static var trial: Trial {
        var trial = Trial()
        trial.isScored = true
        (trial.rows, trial.rowCount) = (["0,barolo,1.csv", "1,barbera,1.csv"], 2)
        trial.printed = "scoring 1.csv\n"
        trial.warnings = ["1 row fewer than lines"]
        trial.steps = [
            Trial.Step("load", seconds: 1.5), Trial.Step("init()", seconds: 0.2), Trial.Step("run()", seconds: 0),
        ]
        return trial
    }

    static var failedTrial: Trial {
        var trial = Trial()
        trial.failures = [
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
        trial.steps = [Trial.Step("load", seconds: 1.5)]
        return trial
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
