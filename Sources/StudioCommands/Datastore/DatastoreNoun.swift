import BatchDomain
import BatchManifest
import StudioCore

/// `batchstudio datastore …`.
enum DatastoreNoun: ResourceNoun {
    static let command = "datastore"
    static let names = NamedThing.datastore
    static let title = "datastore"
    static let showing = "Show a datastore; its secrets are masked."
    static let deletion = "Delete a datastore that nothing uses; what is in it stays."
    static let columns = [
        TableColumn("Name", "name"), TableColumn("Type", "type"), TableColumn("Description", "description"),
    ]

    static func value(of datastore: Datastore) -> ManifestValue { ManifestValue(datastore) }

    static func thing(_ name: String, in studio: Studio) async throws -> Datastore {
        try await studio.datastore(name)
    }

    static func delete(_ name: String, in studio: Studio) async throws { try await studio.deleteDatastore(name) }
}
