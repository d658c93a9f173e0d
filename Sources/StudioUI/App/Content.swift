import BatchDomain
import StudioCore

/// The result of a query.
enum Content: Equatable, Sendable {
    case status(StudioStatus)
    case messages([KeptMessage])
    /// A text that a page kept; nil when there is none.
    case kept(key: String, String?)

    case generatedScript(String)
    case deploymentTest(DeploymentTest)

    case dataPreview(DataPreviewRequest, DataPreview)
    /// Why a draft would be refused; nil where it would not.
    case draftCheck(DraftCheck, Failure?)

    case objects([StudioObject])
    case jobObjects(String, [StudioObject])
    case home(HomeContent)
    case diskUse(DiskUse)

    case endpoints([EndpointOverview])
    case endpoint(Endpoint, [Deployment])
    case endpointNames([String])
    case trends(EndpointTrends)
    /// Jobs of two deployments that scored the same input; nil where there are none.
    case comparableJobs(JobPair?)
    case models([Model])
    case model(ModelContent)
    case data([DataAsset])
    case dataAsset(DataAssetContent)
    case datastores([Datastore])
    case datastore(DatastoreContent)
    /// Files and folders, and the folder they are in where that is on this machine.
    case datastoreFiles(DatastorePath, [DatastoreEntry], folder: String?)
    case datastoreTest(DatastoreTest)
    case environments([EnvironmentAsset])
    case environment(EnvironmentContent)
    case compute([ComputeTarget])
    case computeTarget(ComputeTargetContent)
    case schedules([ScheduleOverview])
    case schedule(ScheduleContent)
    case scheduleRuns(schedule: String, [ScheduleRunOverview])
    case endpointSchedules(String, [Schedule])
    /// The names of time zones, and that of this machine.
    case timeZones([String], local: String)
    case jobs(JobListing, JobSlice)
    case job(JobContent)
    case miniBatches(job: String, in: [Range<Int>], [MiniBatchRun])
    case speed(job: String, [Double])
    /// Failed files from one on; where they are filtered with how many match.
    case failures(filter: String = "", offset: Int, total: Int? = nil, [FileFailure])
    /// The first failed files of a job, for its overview.
    case firstFailures([FileFailure])
    /// A failed file; nil when the job has no such failure any more.
    case failure(FileFailure?)
    case miniBatch(MiniBatchDetails)
    case miniBatchAt(job: String, Int?)
    case miniBatchTimes(job: String, MiniBatchTimes?)
    case jobLog(JobLogRequest, JobLogWindow)
    case outputs([OutputFile])
    case preview(OutputPreview)
    case results(OutputRows)
    case profile(Profile)
    /// The number of the row that has a text; nil when none has it.
    case resultMatch(text: String, Int?)
    case resultRow(ResultRow)
    case comparison(JobComparison)
    /// The file of a report that was written.
    case report(file: String)
    case jobNames(JobListing, [String])
    case jobsNamed([JobOverview])
    case deletions([DeletionPlan])
    case selection(PreviewContent)
}

/// A model with what surrounds it.
struct ModelContent: Equatable, Sendable {
    /// The model.
    var model: Model
    /// All versions of it, the newest first.
    var versions: [Model]
    /// The deployments that use this version.
    var users: [Deployment]
}

/// A data asset with what surrounds it.
struct DataAssetContent: Equatable, Sendable {
    /// The data asset.
    var asset: DataAsset
    /// All versions of it, the newest first.
    var versions: [DataAsset]
    /// Its path on this machine; nil where it is remote.
    var path: String?
}

/// The result of a connection to a datastore.
struct DatastoreTest: Equatable, Sendable {
    var name: String
    var files: Int
    var folders: Int

    /// The message.
    var text: String {
        "\(name) can be read: \(Figures.count(files, "file")) and \(Figures.count(folders, "folder")) at its root."
    }
}

/// An environment with what surrounds it.
struct EnvironmentContent: Equatable, Sendable {
    /// The environment.
    var asset: EnvironmentAsset
    /// All versions of it, the newest first.
    var versions: [EnvironmentAsset]
    /// The deployments that use this version.
    var users: [Deployment]
}

/// A compute target with what surrounds it.
struct ComputeTargetContent: Equatable, Sendable {
    /// The compute target.
    var target: ComputeTarget
    /// The GPUs of this machine.
    var gpus: GPUListing
    /// The deployments that use it.
    var users: [Deployment]
    /// The last check of its cluster; nil without one.
    var report: ClusterReport?
}

/// A job with what changes while it runs.
struct JobContent: Equatable, Sendable {
    /// The job.
    var job: Job
    /// The steps of its life.
    var transitions: [JobTransition]
    /// The activity of its workers.
    var workers: [WorkerStatus]
    /// The folder with its logs.
    var folder: JobFolder
    /// True when its endpoint's later jobs are compared with it.
    var isBaseline = false
    /// The run of a schedule that has started it; nil where a user has.
    var run: ScheduleRun?

    /// How far it is, with what its workers have in work.
    var progress: JobProgress { JobProgress(job, workers) }
}
