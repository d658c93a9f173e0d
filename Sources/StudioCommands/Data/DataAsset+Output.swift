import BatchDomain
import BatchManifest

extension Output {
    /// A data asset.
    init(_ asset: DataAsset) { self.init(ManifestValue(asset), columns: Self.dataColumns) }

    /// Data assets.
    init(_ assets: [DataAsset]) { self.init(list: assets.map { ManifestValue($0) }, columns: Self.dataColumns) }

    private static let dataColumns = [
        TableColumn("Name", "name"), TableColumn("Version", "version"), TableColumn("Type", "type"),
        TableColumn("Path", "path"), TableColumn("Created", "creation_context.created_at"),
    ]
}
