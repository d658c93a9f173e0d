import BatchDomain
import BatchManifest

extension Output {
    /// An environment.
    init(_ asset: EnvironmentAsset) { self.init(ManifestValue(asset), columns: Self.environmentColumns) }

    /// Environments.
    init(_ assets: [EnvironmentAsset]) {
        self.init(list: assets.map { ManifestValue($0) }, columns: Self.environmentColumns)
    }

    private static let environmentColumns = [
        TableColumn("Name", "name"), TableColumn("Version", "version"), TableColumn("Image", "image"),
        TableColumn("Created", "creation_context.created_at"), TableColumn("Description", "description"),
    ]
}
