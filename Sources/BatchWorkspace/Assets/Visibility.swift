import BatchDomain

/// Which part of a list is wanted: archived things stay out of it unless they are asked for.
package enum Visibility: Sendable {
    case active
    case archived
    case all

    /// The condition on a row.
    var condition: String {
        switch self {
        case .active: "isArchived = 0"
        case .archived: "isArchived = 1"
        case .all: "1"
        }
    }
}

/// The kinds of assets that have versions.
package enum AssetKind: String, Sendable {
    case model
    case data
    case environment

    var asset: any VersionedAsset.Type {
        switch self {
        case .model: Model.self
        case .data: DataAsset.self
        case .environment: EnvironmentAsset.self
        }
    }
}
