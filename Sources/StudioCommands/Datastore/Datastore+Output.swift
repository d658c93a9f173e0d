import BatchDomain
import BatchManifest

extension Output {
    /// A datastore.
    init(_ datastore: Datastore) { self.init(ManifestValue(datastore), columns: Self.datastoreColumns) }

    /// Datastores.
    init(_ datastores: [Datastore]) {
        self.init(list: datastores.map { ManifestValue($0) }, columns: Self.datastoreColumns)
    }

    private static let datastoreColumns = [
        TableColumn("Name", "name"), TableColumn("Type", "type"), TableColumn("Description", "description"),
    ]
}
