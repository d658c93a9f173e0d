import BatchDomain
import FoundationEssentials
import TerminalKit

/// The files and folders at a path of a datastore.
struct DatastoreFilesPage: Page {
    let place: DatastorePath
    private var list = ResourceList<DatastoreEntry>(emptyText: "There is nothing in this folder.", id: \.title)
    /// The folder on this machine; nil where it is remote or not known yet.
    private var folder: String?
    private var failure: Failure?

    init(_ place: DatastorePath) {
        self.place = place
    }

    var route: Route { .datastoreFiles(place) }
    var title: String { place.path.split(separator: "/").last.map { String($0) } ?? "Files" }
    var contexts: [KeyContext] { [.datastoreFiles, .table] }
    var isTyping: Bool { list.isTyping }
    var memory: PageMemory { list.memory }

    mutating func restore(_ memory: PageMemory) { list.restore(memory) }

    /// Once: a remote folder is not listed again with each change of the workspace.
    mutating func appear() -> [Request] { [.fetch(.datastoreFiles(place))] }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        guard case .datastoreFiles(place, let entries, let folder) = content else { return [] }
        (self.folder, failure) = (folder, nil)
        list.receive(entries, columns: columns(scene))
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        guard query == .datastoreFiles(place) else { return false }
        self.failure = failure
        return true
    }

    private func columns(_ scene: Scene) -> [TableColumn<DatastoreEntry>] {
        [
            TableColumn("Name", .flexible(minimum: 16, weight: 2), role: { $0.isFolder ? .accent : .text }) {
                $0.title
            },
            TableColumn(
                "Size",
                .fixed(10),
                alignment: .trailing,
                importance: 1,
                precedes: { ($0.bytes ?? -1) < ($1.bytes ?? -1) },
                text: \.size
            ),
            TableColumn(
                "Changed",
                .fixed(12),
                importance: 2,
                role: { _ in .muted },
                precedes: { ($0.modifiedAt ?? .distantPast) < ($1.modifiedAt ?? .distantPast) },
                text: { $0.modifiedAt.map(scene.date) ?? "" }
            ),
        ]
    }

    private func path(of entry: DatastoreEntry) -> DatastorePath {
        DatastorePath(datastore: place.datastore, path: place.path.isEmpty ? entry.name : place.path + "/" + entry.name)
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        switch list.handle(event, in: scene.area, columns: columns(scene)) {
        case .opened(let entry): open(entry)
        case .used: []
        case nil: nil
        }
    }

    private func open(_ entry: DatastoreEntry) -> [Request] {
        if entry.isFolder { return [.open(.datastoreFiles(path(of: entry)))] }
        guard let folder else {
            return [
                .say(Toast("\(entry.name) is remote; y copies the reference that jobs read it by.", role: .warning))
            ]
        }
        return [.read(file: folder + "/" + entry.name)]
    }

    func refusal(of command: Command) -> String? {
        switch command {
        case .open, .copy, .sort, .reverseSort, .filter:
            list.rows?.isEmpty == false ? nil : "There is nothing in this folder."
        case .nextMatch, .previousMatch: list.refusalToMatch
        default: nil
        }
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .copy: list.selected.map { [.copy(path(of: $0).description, what: "Reference")] } ?? []
        case .browseDatastore: appear()
        default: []
        }
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        if let failure { return scene.drawMissing(failure, on: &canvas) }
        list.draw(in: scene, on: &canvas, columns: columns(scene))
    }
}
