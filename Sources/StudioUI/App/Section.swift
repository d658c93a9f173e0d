/// The first pages, which the digits open.
enum Section: Int, CaseIterable, Codable, Sendable {
    case endpoints, models, data, environments, compute, jobs

    /// Its title on the tab.
    var title: String {
        switch self {
        case .endpoints: "Endpoints"
        case .models: "Models"
        case .data: "Data"
        case .environments: "Environments"
        case .compute: "Compute"
        case .jobs: "Jobs"
        }
    }

    /// The command that opens it.
    var command: Command {
        switch self {
        case .endpoints: .goEndpoints
        case .models: .goModels
        case .data: .goData
        case .environments: .goEnvironments
        case .compute: .goCompute
        case .jobs: .goJobs
        }
    }
}
