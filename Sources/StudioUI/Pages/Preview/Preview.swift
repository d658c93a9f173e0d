import BatchDomain

/// What is shown beside a list: the selected row in full.
struct Preview {
    /// The title, in the divider or above the text.
    let title: String
    /// What is asked for; nil where all is known already.
    let subject: PreviewSubject?
    /// The text: at first from the row alone, later with the content.
    let lines: (PreviewContent?, Scene) -> DetailLines
}

/// The thing that a preview is of.
enum PreviewSubject: Hashable, Sendable {
    case endpoint(String)
    case model(AssetVersion)
    case data(AssetVersion)
    case environment(AssetVersion)
    case compute(String)
    case datastore(String)
    case schedule(String)
    case job(String)
}

/// What a preview shows besides the row.
enum PreviewContent: Equatable, Sendable {
    /// The deployments of an endpoint, its last jobs, the newest first, and the schedules that start its jobs.
    case endpoint([Deployment], jobs: [JobOverview], schedules: [Schedule] = [])
    case model(ModelContent)
    /// A data asset with its first rows; nil for data that is remote.
    case data(DataAssetContent, DataHead?)
    case environment(EnvironmentContent)
    /// The cores and the bytes of memory of this machine, and what runs on a compute target.
    case compute(cores: Int, memory: Int, users: [Deployment], jobs: [JobOverview])
    case datastore(DatastoreContent)
    case schedule(ScheduleContent)
    /// A job with its first failures, and the profile of its predictions where there is one.
    case job(JobContent, failures: [FileFailure], profile: Profile? = nil)

    /// Maximum jobs of an endpoint.
    static let jobCount = 10
    /// Maximum failures of a job.
    static let failureCount = 5
    /// Maximum columns of a job's profile.
    static let columnCount = 4
}
