import BatchDomain

extension AssetKind {
    /// Its name within a sentence.
    var noun: String {
        switch self {
        case .model: "model"
        case .data: "data asset"
        case .environment: "environment"
        }
    }
}
