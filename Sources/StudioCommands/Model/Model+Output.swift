import BatchDomain
import BatchManifest

extension Output {
    /// A model.
    init(_ model: Model) { self.init(ManifestValue(model), columns: Self.modelColumns) }

    /// Models.
    init(_ models: [Model]) { self.init(list: models.map { ManifestValue($0) }, columns: Self.modelColumns) }

    private static let modelColumns = [
        TableColumn("Name", "name"), TableColumn("Version", "version"), TableColumn("Type", "type"),
        TableColumn("Created", "creation_context.created_at"), TableColumn("Description", "description"),
    ]

    /// Models that MLflow keeps.
    init(_ models: [TrackedModel]) {
        self.init(
            list: models.map { ManifestValue($0) },
            columns: [
                TableColumn("Uri", "uri"), TableColumn("Name", "name"), TableColumn("Version", "version"),
                TableColumn("Stage", "stage"), TableColumn("Created", "creation_context.created_at"),
            ]
        )
    }
}
