import BatchDomain
import FoundationEssentials

@testable import StudioUI

/// What queries find in tests, all of it made on one day.
enum Samples {
    static let now = StudioBench.now
    static func ago(_ seconds: Double) -> Date { now.addingTimeInterval(-seconds) }

    static let status = StudioStatus(hasExecutor: true, unfinished: [.running: 1, .queued: 2], cores: 2)

    static let endpoint = Endpoint(
        name: "wine-growers",
        description: "Who grew this wine?",
        tags: ["team": "sales", "owner": "anna"],
        defaultDeployment: "mlflow",
        createdAt: ago(90_000),
        updatedAt: ago(3600)
    )

    static let deployments = ["mlflow", "mlflow-wide"].map { name in
        Deployment(
            endpointName: "wine-growers",
            name: name,
            description: name == "mlflow" ? "The one for every day." : "",
            model: AssetVersion(name: "wine", version: "2"),
            compute: name == "mlflow" ? "local" : "batch-cluster",
            settings: settings,
            createdAt: ago(90_000),
            updatedAt: ago(90_000)
        )
    }

    static var settings: DeploymentSettings {
        var settings = DeploymentSettings()
        settings.miniBatchSize = 2
        settings.errorThreshold = 3
        return settings
    }

    static var counts: JobCounts {
        var counts = JobCounts()
        counts.miniBatches = 50
        counts.files = 100
        counts.doneMiniBatches = 20
        counts.failedMiniBatches = 1
        counts.succeededFiles = 40
        counts.failedFiles = 2
        counts.rows = 400
        counts.bytes = 12_345
        return counts
    }

    static func overview(_ name: String, _ state: JobState, seconds: Double = 42) -> JobOverview {
        JobOverview(
            name: name,
            displayName: "quirky_sponge_\(name)",
            endpointName: "wine-growers",
            deploymentName: "mlflow",
            state: state,
            outputFolder: "/workspaces/default/blobs/\(name)/score",
            counts: state == .queued ? JobCounts() : counts,
            createdAt: ago(seconds + 60),
            startedAt: state == .queued ? nil : ago(seconds + 50),
            endedAt: state.isTerminal ? ago(8) : nil
        )
    }

    static let overviews: [JobOverview] = [
        overview("five", .running), overview("four", .queued), overview("three", .completed),
        overview("two", .failed), overview("one", .canceled),
    ]

    static let endpoints = [
        EndpointOverview(endpoint: endpoint, deployments: 2, lastJob: overview("five", .running)),
        EndpointOverview(
            endpoint: Endpoint(name: "taxi-tips", createdAt: ago(90_000), updatedAt: ago(90_000)),
            deployments: 0
        ),
    ]

    static func job(_ state: JobState = .running) -> Job {
        Job(
            name: "five",
            displayName: "quirky_sponge_five",
            experimentName: "wine-growers",
            state: state,
            specification: JobSpecification(
                endpointName: "wine-growers",
                deploymentName: "mlflow",
                model: AssetVersion(name: "wine", version: "2"),
                modelPath: "/workspaces/default/models/wine/2/wine",
                scoring: .generated,
                environment: EnvironmentRequest(owner: "model wine:2", sources: []),
                compute: "local",
                settings: settings,
                overrides: SettingsOverrides(),
                input: JobInput(reference: .local("/data/wine"), kind: .folder, path: "/data/wine"),
                output: JobOutput(
                    location: DatastorePath(datastore: "workspaceblobstore", path: "five/score"),
                    folder: "/workspaces/default/blobs/five/score",
                    fileName: "predictions.csv"
                )
            ),
            counts: counts,
            cause: state == .failed ? "4 of 100 files failed, which is more than the error threshold of 3." : nil,
            createdAt: ago(102),
            startedAt: ago(92),
            endedAt: state.isTerminal ? ago(8) : nil
        )
    }

    static func content(_ state: JobState = .running) -> JobContent {
        JobContent(
            job: job(state),
            transitions: [
                JobTransition(state: .queued, at: ago(102)), JobTransition(state: .preparing, at: ago(92)),
                JobTransition(state: .running, at: ago(84), finishedMiniBatches: 0, rows: 0),
            ] + (state == .running ? [] : [JobTransition(state: state, at: ago(8))]),
            workers: state.isTerminal ? [] : workers,
            folder: WorkspaceFolder(path: "/workspaces/default").job("five")
        )
    }

    static let workers = [
        WorkerStatus(
            worker: 1,
            pid: 4242,
            activity: "scoring",
            miniBatch: 21,
            file: "wine-42.csv",
            residentBytes: 181_000_000,
            since: ago(1)
        ),
        WorkerStatus(worker: 2, pid: 4243, activity: "waiting", residentBytes: 92_000_000, since: ago(3)),
    ]

    /// Two workers on one node, one on another, and one that waits for room.
    static let clusterWorkers = [
        WorkerStatus(
            worker: 1,
            pid: 4242,
            activity: "scoring",
            miniBatch: 21,
            file: "wine-42.csv",
            rowsPerSecond: 1200,
            node: "10.0.0.7",
            since: ago(1)
        ),
        WorkerStatus(worker: 2, pid: 77, activity: "waiting", rowsPerSecond: 300, node: "10.0.0.6", since: ago(3)),
        WorkerStatus(worker: 3, pid: 0, activity: "pending", since: ago(30)),
        WorkerStatus(worker: 4, pid: 4250, activity: "starting", node: "10.0.0.7", since: ago(2)),
    ]

    static let runs = [
        MiniBatchRun(first: 0, count: 7), MiniBatchRun(first: 7, count: 1, outcome: .failed),
        MiniBatchRun(first: 8, count: 13),
    ]

    static let failures = [14, 15].map { file in
        FileFailure(
            file: "wine-\(file).csv",
            miniBatch: 7,
            type: "ValueError",
            message: "could not convert string to float: 'n/a'",
            traceback:
                "Traceback (most recent call last):\n  File \"score.py\", line 31, in run\n    frame = read(path)",
            attempt: 3
        )
    }

    static let outputs = [
        OutputFile(
            name: "predictions.csv",
            path: "/workspaces/default/blobs/five/score/predictions.csv",
            bytes: 12_345,
            modifiedAt: ago(8)
        )
    ]
}
