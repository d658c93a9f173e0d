import BatchDomain
import TerminalKit

extension ListNoun<Datastore> {
    /// The list of datastores.
    static var datastores: Self {
        ListNoun(
            section: .datastores,
            context: .datastores,
            emptyText: "No datastores.",
            noRow: "There is no datastore here.",
            query: { _ in .datastores },
            rows: { if case .datastores(let datastores) = $0 { datastores } else { nil } },
            name: \.name,
            route: { .datastore($0.name) },
            columns: columns,
            preview: { .datastore($0) },
            creation: (.createDatastore, .createDatastore),
            actions: [
                .testDatastore: { .fetch(.datastoreTest($0.name)) },
                .browseDatastore: { .open(.datastoreFiles(DatastorePath(datastore: $0.name, path: ""))) },
            ],
            deletion: (.deleteDatastore, { .datastore($0.name) }),
            refusal: { command, datastore in command == .deleteDatastore ? datastore.refusalToDelete : nil }
        )
    }

    private static func columns(_ scene: Scene) -> [TableColumn<Datastore>] {
        [
            TableColumn("Name", .flexible(minimum: 12, weight: 2)) { $0.name },
            TableColumn("Type", .fixed(10)) { $0.kind },
            TableColumn("Place", .flexible(minimum: 14, weight: 3), importance: 1, role: { _ in .muted }) { $0.place },
            TableColumn("Secrets", .fixed(8), importance: 3) { $0.credentials.isEmpty ? "–" : "kept" },
            .created(scene, importance: 2) { $0.createdAt },
        ]
    }
}

extension Datastore {
    /// Where its files are: a folder, or an address.
    var place: String { remote?.address(of: "") ?? path }

    /// Why the datastore can't be deleted; nil where nothing but its users decides.
    var refusalToDelete: String? {
        name == Self.defaultName ? "\(name) takes the output of jobs; every workspace has it." : nil
    }
}
