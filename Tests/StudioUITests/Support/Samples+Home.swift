import BatchDomain
import StudioCore

@testable import StudioUI

extension Samples {
    static let home = HomeContent(
        unfinished: [overview("five", .running), overview("four", .queued)],
        troubled: [partial, failed],
        endpoints: HomeContent.byLastUse(endpoints),
        hasModels: true,
        hasJobs: true
    )

    static let newHome = HomeContent(unfinished: [], troubled: [], endpoints: [], hasModels: false, hasJobs: false)

    /// A workspace in which no job was started yet.
    static let halfHome = HomeContent(
        unfinished: [],
        troubled: [],
        endpoints: [EndpointOverview(endpoint: endpoint, deployments: 2)],
        hasModels: true,
        hasJobs: false
    )

    static let disk = DiskUse(
        workspace: 12_300_000,
        inputCache: 1_200_000,
        environments: 845_000_000,
        free: 20_400_000_000
    )

    private static var partial: JobOverview {
        var job = overview("three", .completed, seconds: 600)
        job.counts.failedFiles = 2
        return job
    }

    private static var failed: JobOverview {
        var job = overview("two", .failed, seconds: 7200)
        job.cause = "The environment of model wine:2 can't be built: pip found no scikit-learn 0.19."
        return job
    }

    static let datastores = [
        Datastore(
            name: "archive",
            description: "Scores of past years.",
            remote: .s3(S3Bucket(bucket: "scores", endpointURL: "https://s3.example.org", region: "eu-north-1")),
            credentials: ["access_key_id", "secret_access_key"],
            createdAt: ago(90_000)
        ),
        Datastore(name: "workspaceblobstore", path: "/workspaces/default/blobs", createdAt: ago(90_000)),
    ]

    static let datastoreEntries = [
        DatastoreEntry(name: "five", isFolder: true),
        DatastoreEntry(name: "wines-01.csv", isFolder: false, bytes: 4096, modifiedAt: ago(3600)),
        DatastoreEntry(name: "wines-02.csv", isFolder: false, bytes: 12_288, modifiedAt: ago(7200)),
    ]

    static func datastore(_ index: Int) -> DatastoreContent {
        DatastoreContent(
            datastore: datastores[index],
            assets: index == 0 ? [] : data,
            entries: index == 0 ? nil : datastoreEntries
        )
    }
}
