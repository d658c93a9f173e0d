import BatchDomain

@testable import StudioUI

extension ParityCase {
    static let archivals = [
        ParityCase("a model", .archiveAsset(.model, name: "wine", true), "model archive -n wine"),
        ParityCase("a data asset", .archiveAsset(.data, name: "spare", true), "data archive -n spare"),
        ParityCase(
            "an environment",
            .archiveAsset(.environment, name: "sklearn-env", true),
            "environment archive -n sklearn-env"
        ),
        ParityCase("back, a model", .archiveAsset(.model, name: "archived", false), "model restore -n archived"),
        ParityCase("back, a data asset", .archiveAsset(.data, name: "archived", false), "data restore -n archived"),
        ParityCase(
            "back, an environment",
            .archiveAsset(.environment, name: "archived", false),
            "environment restore -n archived"
        ),
        ParityCase("one that has ended", .archiveJob("completed-job", true), "job archive -n completed-job"),
        ParityCase("back", .archiveJob("nightly-0", false), "job restore -n nightly-0"),
    ]

    static let archivalRefusals = [
        ParityCase("an unknown model", .archiveAsset(.model, name: "nosuch", true), "model archive -n nosuch"),
        ParityCase("an unknown data asset", .archiveAsset(.data, name: "nosuch", true), "data archive -n nosuch"),
        ParityCase(
            "back, an unknown environment",
            .archiveAsset(.environment, name: "nosuch", false),
            "environment restore -n nosuch"
        ),
        ParityCase("a running one", .archiveJob("running-job", true), "job archive -n running-job"),
        ParityCase("back, an unknown one", .archiveJob("nosuch", false), "job restore -n nosuch"),
    ]
}
