import BatchDomain

@testable import StudioUI

extension ParityCase {
    static let endpointChanges = [
        ParityCase(
            "a new one",
            .createEndpoint(EndpointDraft(name: "prices", description: "Prices.", tags: ["team": "sales"])),
            "batch-endpoint create -n prices --set description=Prices. tags.team=sales"
        ),
        ParityCase(
            "the name of an existing one, which is changed instead",
            .createEndpoint(EndpointDraft(name: "taxi-tips", description: "Tips.")),
            "batch-endpoint create -n taxi-tips --set description=Tips."
        ),
        ParityCase(
            "a description and a tag",
            .updateEndpoint(
                EndpointDraft(name: "taxi-tips", description: "Tips.", tags: ["team": "sales", "owner": "me"])
            ),
            "batch-endpoint update -n taxi-tips --set description=Tips. tags.owner=me"
        ),
        ParityCase(
            "no tag any more",
            .updateEndpoint(EndpointDraft(name: "taxi-tips", tags: [:])),
            "batch-endpoint update -n taxi-tips --remove tags.team"
        ),
        ParityCase(
            "another one of the endpoint",
            .setDefaultDeployment("mlflow-wide", endpoint: "wine-growers"),
            "batch-endpoint update -n wine-growers --defaults deployment_name=mlflow-wide"
        ),
        ParityCase(
            "a completed job as the baseline",
            .setBaseline("completed-job", endpoint: "wine-growers"),
            "batch-endpoint update -n wine-growers --set baseline=completed-job"
        ),
    ]

    static let endpointRefusals = [
        ParityCase(
            "a bad name",
            .createEndpoint(EndpointDraft(name: "1_wine")),
            "batch-endpoint create -n 1_wine"
        ),
        ParityCase(
            "a short name",
            .createEndpoint(EndpointDraft(name: "w")),
            "batch-endpoint create -n w"
        ),
        ParityCase(
            "a default deployment that does not exist",
            .createEndpoint(EndpointDraft(name: "prices", defaultDeployment: "nosuch")),
            "batch-endpoint create -n prices --set defaults.deployment_name=nosuch"
        ),
        ParityCase(
            "an unknown endpoint",
            .updateEndpoint(EndpointDraft(name: "nosuch", description: "Tips.")),
            "batch-endpoint update -n nosuch --set description=Tips."
        ),
        ParityCase(
            "an unknown deployment",
            .setDefaultDeployment("nosuch", endpoint: "wine-growers"),
            "batch-endpoint update -n wine-growers --defaults deployment_name=nosuch"
        ),
        ParityCase(
            "a baseline that has not completed",
            .setBaseline("running-job", endpoint: "wine-growers"),
            "batch-endpoint update -n wine-growers --set baseline=running-job"
        ),
        ParityCase(
            "a baseline of another endpoint",
            .setBaseline("completed-job", endpoint: "taxi-tips"),
            "batch-endpoint update -n taxi-tips --set baseline=completed-job"
        ),
    ]
}
