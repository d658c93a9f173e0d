import BatchDomain

/// Something that is to be deleted.
enum Deletion: Hashable, Sendable {
    case endpoint(String)
    case deployment(String, endpoint: String)
    case asset(AssetKind, AssetVersion)
    case compute(String)
    case datastore(String)
    case schedule(String)

    /// The change.
    var useCase: UseCase {
        switch self {
        case .endpoint(let name): .deleteEndpoint(name)
        case .deployment(let name, let endpoint): .deleteDeployment(name, endpoint: endpoint)
        case .asset(let kind, let id): .deleteAsset(kind, id)
        case .compute(let name): .deleteCompute(name)
        case .datastore(let name): .deleteDatastore(name)
        case .schedule(let name): .deleteSchedule(name)
        }
    }

    /// What it is: `compute target`.
    var noun: String {
        switch self {
        case .endpoint: "endpoint"
        case .deployment: "deployment"
        case .asset(let kind, _): kind.noun
        case .compute: "compute target"
        case .datastore: "datastore"
        case .schedule: "schedule"
        }
    }

    /// Its name.
    var name: String {
        switch self {
        case .endpoint(let name), .deployment(let name, _), .compute(let name), .datastore(let name),
            .schedule(let name):
            name
        case .asset(_, let id): id.short
        }
    }

    /// The message when it is gone; nil for other changes.
    static func finish(_ useCase: UseCase) -> String? {
        let deletion: Deletion
        switch useCase {
        case .deleteAsset(let kind, let id): deletion = .asset(kind, id)
        case .deleteCompute(let name): deletion = .compute(name)
        case .deleteDatastore(let name): deletion = .datastore(name)
        case .deleteSchedule(let name): deletion = .schedule(name)
        case .deleteEndpoint(let name): deletion = .endpoint(name)
        case .deleteDeployment(let name, let endpoint): deletion = .deployment(name, endpoint: endpoint)
        default: return nil
        }
        let noun = deletion.noun.prefix(1).uppercased() + deletion.noun.dropFirst()
        return "\(noun) \(deletion.name) is deleted."
    }
}
