/// A step from an empty workspace to the first job.
enum HomeStep: CaseIterable, Hashable {
    case registerModel, createEndpoint, createJob

    /// The key of the step on the home page.
    var key: String {
        switch self {
        case .registerModel: "m"
        case .createEndpoint: "c"
        case .createJob: "i"
        }
    }

    var command: Command {
        switch self {
        case .registerModel: .registerModel
        case .createEndpoint: .createEndpoint
        case .createJob: .createJob
        }
    }

    var title: String {
        switch self {
        case .registerModel: "Register a model"
        case .createEndpoint: "Create an endpoint"
        case .createJob: "Start a job"
        }
    }

    var help: String {
        switch self {
        case .registerModel: "a folder with an MLflow model, or any files and a scoring script"
        case .createEndpoint: "with a deployment: the model, how it scores, its settings"
        case .createJob: "on a file or folder; you watch it score, and find its predictions"
        }
    }

    /// Returns whether the workspace has it.
    func isDone(in content: HomeContent) -> Bool {
        switch self {
        case .registerModel: content.hasModels
        case .createEndpoint: content.hasDeployments
        case .createJob: content.hasJobs
        }
    }
}
