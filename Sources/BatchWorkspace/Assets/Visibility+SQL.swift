import BatchDomain

extension Visibility {
    /// The condition on a row.
    var condition: String {
        switch self {
        case .active: "isArchived = 0"
        case .archived: "isArchived = 1"
        case .all: "1"
        }
    }
}

extension AssetKind {
    /// The record of the kind.
    var asset: any VersionedAsset.Type {
        switch self {
        case .model: Model.self
        case .data: DataAsset.self
        case .environment: EnvironmentAsset.self
        }
    }
}
