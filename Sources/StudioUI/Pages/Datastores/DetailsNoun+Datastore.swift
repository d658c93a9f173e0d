import BatchDomain
import BatchManifest
import TerminalKit

/// A datastore with what surrounds it.
struct DatastoreContent: Equatable, Sendable {
    var datastore: Datastore
    /// The data assets in it, the newest first.
    var assets: [DataAsset]
    /// Its files and folders where it is on this machine; nil where it is remote or can't be read.
    var entries: [DatastoreEntry]?
}

extension DetailsNoun<DatastoreContent> {
    /// The page of a datastore.
    static func datastore(_ name: String) -> Self {
        DetailsNoun(
            route: .datastore(name),
            context: .datastore,
            query: .datastore(name),
            title: { _ in name },
            subject: { if case .datastore(let content) = $0 { content } else { nil } },
            copies: { content in
                Copies([
                    ("Reference", "azureml://datastores/\(name)/paths/"), ("Place", content.datastore.place),
                    ("YAML", ManifestValue(content.datastore).yaml),
                ])
            },
            details: details,
            opens: [.browseDatastore: .datastoreFiles(DatastorePath(datastore: name, path: ""))],
            fetches: [.testDatastore: .datastoreTest(name)],
            deletion: (.deleteDatastore, .datastore(name)),
            refusalToDelete: \.datastore.refusalToDelete
        )
    }

    private static func details(_ content: DatastoreContent, _ scene: Scene) -> DetailLines {
        var lines = DetailLines()
        lines.heading("Datastore")
        lines.add(content.datastore)
        lines.field("Created", scene.time.full(content.datastore.createdAt))
        lines.add(content, scene)
        return lines
    }
}

extension DetailLines {
    /// The fields of a datastore; its secrets by their names.
    mutating func add(_ datastore: Datastore) {
        field("Name", datastore.name)
        field("Type", datastore.kind)
        field("Description", datastore.description)
        field(datastore.remote == nil ? "Folder" : "Address", datastore.place, role: .link)
        if case .s3(let bucket)? = datastore.remote {
            if let endpoint = bucket.endpointURL { field("Endpoint", endpoint) }
            if let region = bucket.region { field("Region", region) }
        }
        if datastore.remote != nil {
            let names = datastore.credentials.map { "\($0): \(Credentials.mask)" }
            field("Credentials", names.isEmpty ? "none kept" : names.joined(separator: ", "))
        }
        labels("Tags", datastore.tags)
    }

    /// The files of a datastore, as far as they are known, and the data assets in it.
    mutating func add(_ content: DatastoreContent, _ scene: Scene) {
        heading("Files")
        if let entries = content.entries {
            let shown = entries.prefix(12)
            if shown.isEmpty { text("none yet", role: .muted) }
            table(shown.isEmpty ? [] : ["Name", "Size"], shown.map { [$0.title, $0.size] })
            if entries.count > shown.count {
                text("… and \(Figures.count(entries.count - shown.count)) more", role: .muted)
            }
        } else {
            text("Remote: f lists its files, t tests the connection.", role: .muted)
        }
        heading("Data assets")
        if content.assets.isEmpty { return text("No data asset is in it.", role: .muted) }
        table(["Name", "Version"], content.assets.prefix(20).map { [$0.name, $0.version] })
    }
}

extension DatastoreEntry {
    /// Its name; of a folder with a slash.
    var title: String { isFolder ? name + "/" : name }

    /// Its size as tables show it.
    var size: String { bytes.map(ByteSize.text) ?? (isFolder ? "" : "–") }
}
