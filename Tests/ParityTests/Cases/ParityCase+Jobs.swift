import BatchDomain
import TestSupport

@testable import StudioUI

extension ParityCase {
    private static let invocation = Invocation(
        endpointName: "wine-growers",
        input: .asset(AssetReference(name: "wine-unlabeled")),
        jobName: "new-job",
        displayName: "new"
    )
    private static let invoke = "batch-endpoint invoke -n wine-growers --job-name new-job --display-name new"
    private static let input = " --input azureml:wine-unlabeled@latest"

    private static func changed(_ change: (inout Invocation) -> Void) -> UseCase {
        var changed = invocation
        change(&changed)
        return .invoke(changed)
    }

    private static func retry(_ name: String, _ change: (inout RetryDraft) -> Void = { _ in }) -> UseCase {
        var draft = RetryDraft(jobName: name)
        change(&draft)
        return .retryFailed(draft)
    }

    private static func place(_ path: String) -> DatastorePath {
        DatastorePath(datastore: Datastore.defaultName, path: path)
    }

    private static let datastore = "azureml://datastores/\(Datastore.defaultName)/paths/"

    /// Drafts that leave a job for an executor.
    static let queued = [
        ParityCase("a data asset", .invoke(invocation), invoke + input),
        ParityCase("a canceled job", .resumeJob("canceled-job"), "job resume -n canceled-job"),
        ParityCase(
            "a failed job",
            retry(SampleWorkspace.failedJob),
            "job retry-failed -n \(SampleWorkspace.failedJob)"
        ),
        ParityCase(
            "a running job",
            .cancelJob(SampleWorkspace.runningJob),
            "job cancel -n \(SampleWorkspace.runningJob)"
        ),
    ]

    static let jobChanges =
        queued + [
            ParityCase(
                "a folder, another deployment, an output and settings",
                changed {
                    $0.deploymentName = "mlflow-wide"
                    $0.input = .local("./unlabeled")
                    $0.inputKind = .folder
                    $0.isRecursive = true
                    $0.output = place("scores")
                    $0.experimentName = "growers"
                    $0.description = "Scores."
                    $0.tags = ["team": "sales"]
                    $0.overrides.instanceCount = 2
                    $0.overrides.miniBatchSize = 7
                    $0.overrides.outputFileName = "scores.csv"
                    $0.overrides.loggingLevel = .debug
                    $0.overrides.environmentVariables = ["OMP_NUM_THREADS": "2"]
                },
                invoke + " --deployment-name mlflow-wide --input ./unlabeled --input-type uri_folder --recursive "
                    + "--output-path \(datastore)scores --experiment-name growers --description Scores. "
                    + "--tag team=sales --instance-count 2 --mini-batch-size 7 --set output_file_name=scores.csv "
                    + "--logging-level debug --env OMP_NUM_THREADS=2"
            ),
            ParityCase(
                "a table",
                changed { ($0.input, $0.inputKind) = (.local("table"), .table) },
                invoke + " --input table --input-type mltable"
            ),
            ParityCase(
                "other settings and another place",
                retry(SampleWorkspace.failedJob) {
                    $0.output = place("again")
                    $0.overrides.maxRetries = 1
                    $0.overrides.timeout = 5
                    $0.overrides.errorThreshold = -1
                },
                "job retry-failed -n \(SampleWorkspace.failedJob) --output-path \(datastore)again --max-retries 1 "
                    + "--timeout 5 --error-threshold=-1"
            ),
            ParityCase("a queued job", .cancelJob("queued-job"), "job cancel -n queued-job"),
        ]

    static let jobRefusals = [
        ParityCase(
            "an unknown endpoint",
            changed { $0.endpointName = "nosuch" },
            "batch-endpoint invoke -n nosuch --job-name new-job" + input
        ),
        ParityCase(
            "an endpoint without a deployment",
            changed { $0.endpointName = "new-endpoint" },
            "batch-endpoint invoke -n new-endpoint --job-name new-job" + input
        ),
        ParityCase(
            "an unknown deployment",
            changed { $0.deploymentName = "nosuch" },
            invoke + " --deployment-name nosuch" + input
        ),
        ParityCase(
            "an unknown data asset",
            changed { $0.input = .asset(AssetReference(name: "nosuch")) },
            invoke + " --input azureml:nosuch@latest"
        ),
        ParityCase("a missing folder", changed { $0.input = .local("nosuch") }, invoke + " --input nosuch"),
        ParityCase(
            "a folder as a file",
            changed { ($0.input, $0.inputKind) = (.local("unlabeled"), .file) },
            invoke + " --input unlabeled --input-type uri_file"
        ),
        ParityCase(
            "a folder without an MLTable file",
            changed { ($0.input, $0.inputKind) = (.local("unlabeled"), .table) },
            invoke + " --input unlabeled --input-type mltable"
        ),
        ParityCase(
            "an output that exists",
            changed { $0.output = place(SampleWorkspace.completedJob + "/score") },
            invoke + input + " --output-path \(datastore)\(SampleWorkspace.completedJob)/score"
        ),
        ParityCase(
            "a place that another job writes to",
            changed { $0.output = place("queued-job/score") },
            invoke + input + " --output-path \(datastore)queued-job/score"
        ),
        ParityCase(
            "an unknown datastore",
            changed { $0.output = DatastorePath(datastore: "nosuch", path: "scores") },
            invoke + input + " --output-path azureml://datastores/nosuch/paths/scores"
        ),
        ParityCase(
            "a number of files below 1",
            changed { $0.overrides.miniBatchSize = 0 },
            invoke + input + " --mini-batch-size 0"
        ),
        ParityCase(
            "an output file in a folder",
            changed { $0.overrides.outputFileName = "a/b.csv" },
            invoke + input + " --set output_file_name=a/b.csv"
        ),
        ParityCase(
            "a bad name",
            changed { $0.jobName = "a/b" },
            "batch-endpoint invoke -n wine-growers --job-name a/b" + input
        ),
        ParityCase(
            "the name of a job with other values",
            changed { $0.jobName = "queued-job" },
            "batch-endpoint invoke -n wine-growers --job-name queued-job --display-name new" + input
        ),
        ParityCase("an unknown job", .cancelJob("nosuch"), "job cancel -n nosuch"),
        ParityCase("a job that has ended", .cancelJob("completed-job"), "job cancel -n completed-job"),
        ParityCase("an unknown job", .resumeJob("nosuch"), "job resume -n nosuch"),
        ParityCase("a completed job", .resumeJob("completed-job"), "job resume -n completed-job"),
        ParityCase("a job whose rows are gone", .resumeJob("failed-job"), "job resume -n failed-job"),
        ParityCase("a running job", .resumeJob("running-job"), "job resume -n running-job"),
        ParityCase("an unknown job", retry("nosuch"), "job retry-failed -n nosuch"),
        ParityCase("a job without failures", retry("completed-job"), "job retry-failed -n completed-job"),
        ParityCase("a running job", retry("running-job"), "job retry-failed -n running-job"),
        ParityCase(
            "a timeout below 1",
            retry("failed-job") { $0.overrides.timeout = 0 },
            "job retry-failed -n failed-job --timeout 0"
        ),
        ParityCase(
            "an output that exists",
            retry("failed-job") { $0.output = place("completed-job/score") },
            "job retry-failed -n failed-job --output-path \(datastore)completed-job/score"
        ),
    ]
}
