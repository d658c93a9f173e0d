import BatchDomain

/// What a query found.
enum Content: Equatable, Sendable {
    case status(StudioStatus)
    case errorLog([LoggedError])
    /// A text that a page kept; nil when there is none.
    case kept(key: String, String?)

    case generatedScript(String)
    case deploymentTest(DeploymentTest)

    case dataPreview(DataPreviewRequest, DataPreview)

    case endpoints([EndpointOverview])
    case endpoint(Endpoint, [Deployment])
    case endpointNames([String])
    case models([Model])
    case model(ModelContent)
    case data([DataAsset])
    case dataAsset(DataAsset, versions: [DataAsset], path: String?)
    case datastores([Datastore])
    case environments([EnvironmentAsset])
    case environment(EnvironmentAsset, versions: [EnvironmentAsset], users: [Deployment])
    case compute([ComputeTarget])
    case computeTarget(ComputeTarget, users: [Deployment])
    case jobs(JobListing, JobSlice)
    case job(JobContent)
    case miniBatches(job: String, from: Int, [MiniBatchRun])
    case speed(job: String, [Double])
    case failures(offset: Int, [FileFailure])
    case outputs([OutputFile])
    case preview(OutputPreview)
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

/// A job with what changes while it runs.
struct JobContent: Equatable, Sendable {
    /// The job.
    var job: Job
    /// The steps of its life.
    var transitions: [JobTransition]
    /// What its workers do.
    var workers: [WorkerStatus]
    /// The folder with its logs.
    var folder: JobFolder
}
