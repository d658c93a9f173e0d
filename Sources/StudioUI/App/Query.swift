import BatchDomain

/// A question to the workspace.
///
/// Its result is a `Content`.
enum Query: Hashable, Sendable {
    /// Executor and unfinished jobs, for the header.
    case status
    /// The messages since the studio was opened.
    case messages
    /// Answered by `recall` only: a text that a page kept.
    case kept(key: String)

    /// The scoring script that is generated for MLflow models.
    case generatedScript
    /// Scores one file, without a job.
    case deploymentTest(endpoint: String, deployment: String, file: String)

    /// The head of an input, and how it fits a model.
    case dataPreview(DataPreviewRequest)
    /// What is wrong with a draft.
    case draftCheck(DraftCheck)

    /// Everything that the palette opens by name, but jobs.
    case objects
    /// The newest jobs with these words in their names.
    case jobObjects(String)
    /// Everything on the home page but the disk.
    case home
    /// The disk space of the workspace and of the caches.
    case diskUse

    case endpoints
    case endpoint(String)
    case endpointNames
    /// The last jobs of an endpoint, as trends.
    case trends(endpoint: String)
    /// Jobs of two deployments that scored the same input.
    case comparableJobs(endpoint: String, first: String, second: String)
    case models(Visibility)
    /// All versions of all models.
    case modelVersions
    case model(AssetVersion)
    case data(Visibility)
    /// All versions of all data assets.
    case dataVersions
    case dataAsset(AssetVersion)
    case datastores
    case datastore(String)
    /// The files and folders at a path of a datastore.
    case datastoreFiles(DatastorePath)
    /// Connects to a datastore; the result is said in a message.
    case datastoreTest(String)
    case environments(Visibility)
    case environment(AssetVersion)
    case compute
    case computeTarget(String)
    case schedules
    case schedule(String)
    /// The runs of a schedule, for their table.
    case scheduleRuns(String)
    /// The schedules that start jobs of an endpoint.
    case endpointSchedules(String)
    /// The names of time zones.
    case timeZones
    case jobs(JobListing)
    case job(String)
    /// Mini-batches that need nothing more, as far as they are in some ranges.
    case miniBatches(job: String, in: [Range<Int>])
    /// How many rows a second a job has scored so far.
    case speed(job: String)
    case failures(job: String, filter: String = "", offset: Int, limit: Int)
    /// The first failed files of a job, whatever part of their list is shown.
    case firstFailures(job: String, limit: Int)
    /// A failed file of a mini-batch.
    case failure(job: String, miniBatch: Int, file: String)
    /// A mini-batch, with its files.
    case miniBatch(job: String, id: Int)
    /// The mini-batch that was scored at a time, in milliseconds since 1970.
    case miniBatchAt(job: String, time: Int, worker: Int?)
    /// How long mini-batches took.
    case miniBatchTimes(job: String)
    /// A part of a job's log.
    case jobLog(JobLogRequest)
    /// The files in a job's output folder.
    case outputs(job: String)
    /// What deletions take with them, and what is against them.
    case deletions([Deletion])
    case jobsNamed([String])
    /// All jobs that a listing finds, by name.
    case jobNames(JobListing)
    /// The preview of a list's selected row.
    case selection(PreviewSubject)
    /// The head of an output file, with a summary of its columns.
    case preview(file: String, job: String)
    /// A part of the rows of a job's output.
    case results(job: String, offset: Int, limit: Int)
    /// The profile of a job's predictions.
    case profile(job: String)
    /// The next row of a job's output with a text, or the one before.
    case resultMatch(job: String, text: String, row: Int, isForward: Bool)
    /// Two jobs, their outputs read to the end.
    case comparison(first: String, second: String)
    /// Write the report of a job into its folder, which is not a part of the workspace's state.
    case report(job: String)
    /// A row of a job's output, with the row of the input.
    case resultRow(job: String, row: Int)

    /// True for one of several lists that a page can show, whose content does not say which of them it is.
    var isOneOfSeveral: Bool {
        switch self {
        case .models, .data, .environments: true
        default: false
        }
    }

    /// The activity, for messages.
    var activity: String {
        switch self {
        case .status: "check the executor"
        case .messages, .kept: "read what was kept"
        case .objects, .jobObjects: "list what is in the workspace"
        case .home: "look at the workspace"
        case .diskUse: "add up the workspace's size"
        case .generatedScript: "read the generated script"
        case .deploymentTest(_, let deployment, let file): "test \(deployment) on \(file)"
        case .dataPreview(let request): "preview \(request.input)"
        case .draftCheck: "check what was entered"
        case .endpoints, .endpointNames: "list endpoints"
        case .endpoint(let name): "open endpoint \(name)"
        case .trends(let name): "read the last jobs of endpoint \(name)"
        case .comparableJobs(let name, _, _): "find jobs of endpoint \(name) to compare"
        case .models, .modelVersions: "list models"
        case .model(let id): "open model \(id.name):\(id.version)"
        case .data, .dataVersions: "list data assets"
        case .dataAsset(let id): "open data asset \(id.name):\(id.version)"
        case .datastore(let name): "open datastore \(name)"
        case .datastoreFiles(let place): "list the files of \(place.datastore)"
        case .datastoreTest(let name): "test datastore \(name)"
        case .datastores: "list datastores"
        case .environments: "list environments"
        case .environment(let id): "open environment \(id.name):\(id.version)"
        case .compute: "list compute targets"
        case .computeTarget(let name): "open compute target \(name)"
        case .schedules: "list schedules"
        case .schedule(let name): "open schedule \(name)"
        case .scheduleRuns(let name): "list the runs of schedule \(name)"
        case .endpointSchedules(let name): "list the schedules of endpoint \(name)"
        case .timeZones: "list time zones"
        case .jobs, .jobNames, .jobsNamed: "list jobs"
        case .deletions: "find what uses it"
        case .selection: "preview the selected row"
        case .job(let name), .miniBatches(let name, _), .speed(let name): "open job \(name)"
        case .miniBatch(let job, let id): "open mini-batch \(id) of job \(job)"
        case .miniBatchAt(let job, _, _), .miniBatchTimes(let job): "read the mini-batches of job \(job)"
        case .failure(let job, _, let file): "open the error of \(file) in job \(job)"
        case .failures(let job, _, _, _), .firstFailures(let job, _): "list the errors of job \(job)"
        case .jobLog(let request): "read the log of job \(request.job)"
        case .outputs(let job): "list the output of job \(job)"
        case .preview(let file, _): "open \(file)"
        case .results(let job, _, _): "read the output of job \(job)"
        case .profile(let job): "read the profile of job \(job)"
        case .resultMatch(let job, _, _, _): "search the output of job \(job)"
        case .report(let job): "write the report of job \(job)"
        case .comparison(let first, let second): "compare job \(second) with job \(first)"
        case .resultRow(let job, let row): "open row \(row) of job \(job)"
        }
    }
}
