import BatchDomain
import FoundationEssentials

@testable import StudioUI

extension ParityCase {
    static let environmentChanges = [
        ParityCase(
            "a conda file",
            .createEnvironment(
                EnvironmentDraft(
                    name: "prices",
                    description: "Prices.",
                    tags: ["team": "sales"],
                    file: "./conda.yaml"
                )
            ),
            "environment create -n prices --conda-file ./conda.yaml --description Prices. --tags team=sales"
        ),
        ParityCase(
            "a file of pip requirements",
            .createEnvironment(EnvironmentDraft(name: "sklearn-env", version: "7", file: "requirements.txt")),
            "environment create -n sklearn-env --version 7 --conda-file requirements.txt"
        ),
        ParityCase(
            "a new one",
            .saveCompute(target("prices", maxInstances: 3) { $0.tags = ["team": "sales"] }),
            "compute create -n prices --type amlcompute --max-instances 3 --tags team=sales"
        ),
        ParityCase(
            "the name of an existing one, which is changed",
            .saveCompute(target("spare", maxInstances: 3) { ($0.minInstances, $0.size) = (1, "STANDARD_DS3_V2") }),
            "compute create -n spare --type amlcompute --max-instances 3 --min-instances 1 --size STANDARD_DS3_V2"
        ),
    ]

    static let environmentRefusals = [
        ParityCase(
            "a bad name",
            .createEnvironment(EnvironmentDraft(name: "wi/ne", file: "conda.yaml")),
            "environment create -n wi/ne --conda-file conda.yaml"
        ),
        ParityCase(
            "a version that exists",
            .createEnvironment(EnvironmentDraft(name: "sklearn-env", version: "1", file: "conda.yaml")),
            "environment create -n sklearn-env --version 1 --conda-file conda.yaml"
        ),
        ParityCase(
            "a missing file",
            .createEnvironment(EnvironmentDraft(name: "prices", file: "./nosuch.yaml")),
            "environment create -n prices --conda-file ./nosuch.yaml"
        ),
        ParityCase(
            "a file that is no conda file",
            .createEnvironment(EnvironmentDraft(name: "prices", file: "no_conda.yaml")),
            "environment create -n prices --conda-file no_conda.yaml"
        ),
        ParityCase(
            "a bad name",
            .saveCompute(target("1", maxInstances: 3)),
            "compute create -n 1 --type amlcompute --max-instances 3"
        ),
        ParityCase(
            "no instances",
            .saveCompute(target("prices", maxInstances: 0)),
            "compute create -n prices --type amlcompute --max-instances 0"
        ),
        ParityCase(
            "the target that every workspace has",
            .saveCompute(target("local", maxInstances: 3)),
            "compute create -n local --type amlcompute --max-instances 3"
        ),
    ]

    /// A target as a form makes it: without a clock.
    private static func target(
        _ name: String,
        maxInstances: Int,
        _ change: (inout ComputeTarget) -> Void = { _ in }
    ) -> ComputeTarget {
        var target = ComputeTarget(
            name: name,
            kind: .amlCompute,
            maxInstances: maxInstances,
            createdAt: Date(timeIntervalSince1970: 0)
        )
        change(&target)
        return target
    }
}
