import BatchDomain

/// Where a page is.
///
/// A stack of routes is the breadcrumbs, and what the studio opens again on its next start.
enum Route: Hashable, Codable, Sendable {
    /// The list behind one of the tabs.
    case section(Section)
    case endpoint(String)
    case editEndpoint(String)
    /// A deployment, to test on one file.
    case testDeployment(endpoint: String, deployment: String)
    case model(AssetVersion)
    case registerModel
    case dataAsset(AssetVersion)
    /// A data asset's first rows and columns.
    case previewData(AssetVersion)
    case registerData
    case environment(AssetVersion)
    case createEnvironment
    case computeTarget(String)
    case createCompute
    case datastore(String)
    case createDatastore
    /// The files and folders at a path of a datastore.
    case datastoreFiles(DatastorePath)
    case schedule(String)
    case job(String)
    /// A file of a job's output, as a table with a summary.
    case output(job: String, file: String)
    /// Two jobs compared, the first one the reference.
    case comparison(first: String, second: String)
    /// A row of a job's output, beside the row of the input.
    case resultRow(job: String, row: Int)
    /// A mini-batch of a job.
    case miniBatch(job: String, id: Int)
    /// A job's log from a time on, in milliseconds since 1970, of one worker or of all.
    case jobLog(job: String, time: Int?, worker: Int?)
    /// The traceback of a failed file of a mini-batch.
    case failure(job: String, miniBatch: Int, file: String)
    /// The messages since the studio was opened.
    case messages

    /// The wizard that makes an endpoint with its first deployment.
    case createEndpoint
    /// The wizard that adds a deployment to an endpoint.
    case addDeployment(endpoint: String)
    /// The wizard that changes a deployment.
    case editDeployment(endpoint: String, deployment: String)
    /// The wizard that deploys a model, to a new endpoint or to an existing one.
    case deployModel(AssetVersion)
    /// The wizard that starts a job; without a deployment, on the default one.
    case createJob(endpoint: String, deployment: String?)
    /// The wizard that starts a job like another one.
    case cloneJob(String)
    /// The wizard that makes a schedule; without an endpoint, it is chosen there.
    case createSchedule(endpoint: String?)
}

extension Route {
    /// True for lists, which keep their filter, order and selection when they are left.
    var isList: Bool {
        switch self {
        case .section, .endpoint, .schedule: true
        default: false
        }
    }

    /// The thing that a page shows: its query, its name in a sentence and the section that lists it; nil for other pages.
    var thing: (query: Query, name: String, section: Section)? {
        switch self {
        case .endpoint(let name): (.endpoint(name), "Endpoint " + name, .endpoints)
        case .model(let id): (.model(id), "Model " + id.short, .models)
        case .dataAsset(let id): (.dataAsset(id), "Data asset " + id.short, .data)
        case .environment(let id): (.environment(id), "Environment " + id.short, .environments)
        case .computeTarget(let name): (.computeTarget(name), "Compute target " + name, .compute)
        case .datastore(let name): (.datastore(name), "Datastore " + name, .datastores)
        case .schedule(let name): (.schedule(name), "Schedule " + name, .schedules)
        case .job(let name): (.job(name), "Job " + name, .jobs)
        default: nil
        }
    }
}
