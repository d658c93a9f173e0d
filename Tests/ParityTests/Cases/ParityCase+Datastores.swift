import BatchDomain
import FoundationEssentials

@testable import StudioUI

extension ParityCase {
    static let datastoreChanges = [
        ParityCase(
            "a bucket with its keys",
            .createDatastore(registration("archive", keys: "AKIA", "secret")),
            "datastore create -n archive " + keyFlags
        ),
        ParityCase("one that nothing uses", .deleteDatastore("spare"), "datastore delete -n spare --yes"),
        ParityCase("what the workspace has not yet", .createSample, "sample create"),
    ]

    static let datastoreRefusals = [
        ParityCase(
            "a bad name",
            .createDatastore(registration("ar/chive", keys: "AKIA", "secret")),
            "datastore create -n ar/chive " + keyFlags
        ),
        ParityCase(
            "the one that every workspace has",
            .deleteDatastore("workspaceblobstore"),
            "datastore delete -n workspaceblobstore --yes"
        ),
        ParityCase("one that a data asset uses", .deleteDatastore("used"), "datastore delete -n used --yes"),
    ]

    private static let keyFlags =
        "--set type=s3 --set bucket=scores --set region=eu-north-1 --set description=Scores. "
        + "--set credentials.access_key_id=AKIA --set credentials.secret_access_key=secret"

    /// A datastore as a form makes it: without a clock.
    private static func registration(_ name: String, keys: String...) -> DatastoreRegistration {
        DatastoreRegistration(
            datastore: Datastore(
                name: name,
                description: "Scores.",
                remote: .s3(S3Bucket(bucket: "scores", endpointURL: nil, region: "eu-north-1")),
                createdAt: Date(timeIntervalSince1970: 0)
            ),
            credentials: Credentials(
                values: Dictionary(uniqueKeysWithValues: zip(["access_key_id", "secret_access_key"], keys))
            )
        )
    }
}
