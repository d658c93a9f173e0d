import BatchDomain

@testable import StudioUI

extension ParityCase {
    private static let wine = AssetVersion(name: "wine", version: "1")
    private static let spare = AssetVersion(name: "spare", version: "1")
    private static let missing = AssetVersion(name: "nosuch", version: "1")

    static let deletions = [
        ParityCase("one without jobs", .deleteEndpoint("scripted"), "batch-endpoint delete -n scripted --yes"),
        ParityCase(
            "one that is not the default",
            .deleteDeployment("mlflow-wide", endpoint: "wine-growers"),
            "batch-deployment delete -n mlflow-wide --endpoint-name wine-growers --yes"
        ),
        ParityCase(
            "the only one of an endpoint",
            .deleteDeployment("script", endpoint: "scripted"),
            "batch-deployment delete -n script --endpoint-name scripted --yes"
        ),
        ParityCase("one without deployments", .deleteCompute("spare"), "compute delete -n spare --yes"),
        ParityCase("a model", .deleteAsset(.model, spare), "model delete -n spare --version 1 --yes"),
        ParityCase("a data asset", .deleteAsset(.data, spare), "data delete -n spare --version 1 --yes"),
        ParityCase(
            "an environment",
            .deleteAsset(.environment, spare),
            "environment delete -n spare --version 1 --yes"
        ),
        ParityCase("one that has ended", .deleteJob("completed-job"), "job delete -n completed-job --yes"),
    ]

    static let deletionRefusals = [
        ParityCase("an unknown one", .deleteEndpoint("nosuch"), "batch-endpoint delete -n nosuch --yes"),
        ParityCase(
            "one with running jobs",
            .deleteEndpoint("wine-growers"),
            "batch-endpoint delete -n wine-growers --yes"
        ),
        ParityCase(
            "an unknown one",
            .deleteDeployment("nosuch", endpoint: "wine-growers"),
            "batch-deployment delete -n nosuch --endpoint-name wine-growers --yes"
        ),
        ParityCase(
            "one of an unknown endpoint",
            .deleteDeployment("mlflow", endpoint: "nosuch"),
            "batch-deployment delete -n mlflow --endpoint-name nosuch --yes"
        ),
        ParityCase(
            "one with running jobs",
            .deleteDeployment("mlflow", endpoint: "wine-growers"),
            "batch-deployment delete -n mlflow --endpoint-name wine-growers --yes"
        ),
        ParityCase("an unknown one", .deleteCompute("nosuch"), "compute delete -n nosuch --yes"),
        ParityCase("one with a deployment", .deleteCompute("batch-cluster"), "compute delete -n batch-cluster --yes"),
        ParityCase("the one of every workspace", .deleteCompute("local"), "compute delete -n local --yes"),
        ParityCase(
            "an unknown model",
            .deleteAsset(.model, missing),
            "model delete -n nosuch --version 1 --yes"
        ),
        ParityCase(
            "an unknown version",
            .deleteAsset(.model, AssetVersion(name: "wine", version: "9")),
            "model delete -n wine --version 9 --yes"
        ),
        ParityCase("a model with a deployment", .deleteAsset(.model, wine), "model delete -n wine --version 1 --yes"),
        ParityCase(
            "an unknown data asset",
            .deleteAsset(.data, missing),
            "data delete -n nosuch --version 1 --yes"
        ),
        ParityCase(
            "an environment with a deployment",
            .deleteAsset(.environment, AssetVersion(name: "sklearn-env", version: "1")),
            "environment delete -n sklearn-env --version 1 --yes"
        ),
        ParityCase("an unknown one", .deleteJob("nosuch"), "job delete -n nosuch --yes"),
        ParityCase("a running one", .deleteJob("running-job"), "job delete -n running-job --yes"),
    ]
}
