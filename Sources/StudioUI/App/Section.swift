/// The first pages, which the digits open; the raw values are those of kept sessions.
enum Section: Int, CaseIterable, Codable, Sendable {
    case home = 6
    case endpoints = 0
    case models = 1
    case data = 2
    case environments = 3
    case compute = 4
    case jobs = 5
    case schedules = 8
    case datastores = 7

    /// Its title on the tab.
    var title: String {
        switch self {
        case .home: "Home"
        case .endpoints: "Endpoints"
        case .models: "Models"
        case .data: "Data"
        case .environments: "Environments"
        case .compute: "Compute"
        case .jobs: "Jobs"
        case .schedules: "Schedules"
        case .datastores: "Datastores"
        }
    }

    /// Its title on a tab of a narrow window.
    var shortTitle: String {
        switch self {
        case .environments: "Envs"
        case .datastores: "Stores"
        case .home, .endpoints, .models, .data, .compute, .jobs, .schedules: title
        }
    }

    /// The command that opens it.
    var command: Command {
        switch self {
        case .home: .goHome
        case .endpoints: .goEndpoints
        case .models: .goModels
        case .data: .goData
        case .environments: .goEnvironments
        case .compute: .goCompute
        case .jobs: .goJobs
        case .schedules: .goSchedules
        case .datastores: .goDatastores
        }
    }

    /// Its place among the tabs.
    var tab: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
