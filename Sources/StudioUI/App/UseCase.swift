import BatchDomain

/// A change of the workspace that a page asks for.
enum UseCase: Equatable, Sendable {
    case createEndpoint(EndpointDraft)
    case updateEndpoint(EndpointDraft)
    case setDefaultDeployment(String, endpoint: String)
    /// Makes a job the one that later jobs of its endpoint are compared with; nil takes the baseline away.
    case setBaseline(String?, endpoint: String)
    case deleteEndpoint(String)
    case deploy(DeploymentDraft, setDefault: Bool)
    /// Replaces a deployment by a draft of the same name.
    case updateDeployment(DeploymentDraft)
    /// Makes the endpoint, then the deployment; both or none of them.
    case createEndpointAndDeploy(EndpointDraft, DeploymentDraft)
    case deleteDeployment(String, endpoint: String)
    case registerModel(ModelDraft)
    case registerData(DataRegistration)
    case createEnvironment(EnvironmentDraft)
    case saveCompute(ComputeTarget)
    case deleteCompute(String)
    /// Creates a datastore, or replaces the one of that name.
    case createDatastore(DatastoreRegistration)
    case deleteDatastore(String)
    case deleteAsset(AssetKind, AssetVersion)
    case invoke(Invocation)
    case cancelJob(String)
    case resumeJob(String)
    case retryFailed(RetryDraft)
    case deleteJob(String)
    /// Takes all versions of an asset out of lists, or brings them back.
    case archiveAsset(AssetKind, name: String, Bool)
    case archiveJob(String, Bool)
    /// Creates a schedule, which starts now where it names no start; a form has no clock.
    case createSchedule(Schedule, startsNow: Bool)
    /// Lets a schedule start jobs, or not.
    case setScheduleEnabled(String, Bool)
    /// Starts a job of a schedule now.
    case triggerSchedule(String)
    case deleteSchedule(String)
    /// Trains a small model, and makes an endpoint for it with data to score.
    case createSample
    /// Several changes one after the other; one that is refused does not keep the others from being made.
    indirect case each([UseCase])

    /// The activity, for messages.
    var activity: String {
        switch self {
        case .createEndpoint(let draft), .createEndpointAndDeploy(let draft, _): "create endpoint \(draft.name)"
        case .updateEndpoint(let draft): "change endpoint \(draft.name)"
        case .setDefaultDeployment(let name, let endpoint): "make \(name) the default of \(endpoint)"
        case .setBaseline(let job?, let endpoint): "make job \(job) the baseline of \(endpoint)"
        case .setBaseline(nil, let endpoint): "take the baseline of \(endpoint) away"
        case .deleteEndpoint(let name): "delete endpoint \(name)"
        case .deploy(let draft, _): "create deployment \(draft.name)"
        case .updateDeployment(let draft): "change deployment \(draft.name)"
        case .deleteDeployment(let name, let endpoint): "delete deployment \(name) of \(endpoint)"
        case .registerModel(let draft): "register model \(draft.name)"
        case .registerData(let registration): "register data asset \(registration.name)"
        case .createEnvironment(let draft): "create environment \(draft.name)"
        case .saveCompute(let target): "create compute target \(target.name)"
        case .deleteCompute(let name): "delete compute target \(name)"
        case .createDatastore(let registration): "create datastore \(registration.datastore.name)"
        case .deleteDatastore(let name): "delete datastore \(name)"
        case .deleteAsset(let kind, let id): "delete \(kind.noun) \(id.short)"
        case .invoke(let invocation): "start a job on \(invocation.endpointName)"
        case .cancelJob(let name): "cancel job \(name)"
        case .resumeJob(let name): "resume job \(name)"
        case .retryFailed(let draft): "score the failed files of job \(draft.jobName) again"
        case .deleteJob(let name): "delete job \(name)"
        case .archiveAsset(_, let name, let isArchived), .archiveJob(let name, let isArchived):
            (isArchived ? "archive " : "restore ") + name
        case .createSchedule(let schedule, _): "create schedule \(schedule.name)"
        case .setScheduleEnabled(let name, let isEnabled): "\(isEnabled ? "enable" : "disable") schedule \(name)"
        case .triggerSchedule(let name): "trigger schedule \(name)"
        case .deleteSchedule(let name): "delete schedule \(name)"
        case .createSample: "set up the sample"
        case .each(let changes): changes.count == 1 ? changes[0].activity : "make \(changes.count) changes"
        }
    }
}

/// The result of a change.
enum Outcome: Equatable, Sendable {
    case endpoint(Endpoint)
    case deployment(Deployment)
    case model(Model)
    case data(DataAsset)
    case environment(EnvironmentAsset)
    case compute(ComputeTarget)
    case datastore(Datastore)
    case job(Job)
    case schedule(Schedule)
    /// Something is gone.
    case deleted
    /// Something is out of lists, or back in them.
    case archived
    /// The sample is there; the name of its endpoint.
    case sample(endpoint: String)
    /// How many of several changes were made, and why the others were not.
    case each(done: Int, failures: [Failure])
}
