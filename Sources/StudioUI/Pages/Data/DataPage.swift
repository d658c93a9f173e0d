import BatchDomain
import FoundationEssentials
import TerminalKit

/// The list of data assets, the latest version of each.
struct DataPage: Page {
    private var list = ResourceList<DataAsset>(
        emptyText: "No data assets yet. Press r to give a file or folder a name.",
        id: \.name
    )
    private var archive = Archive(.data)

    let route = Route.section(.data)
    var title: String { archive.title("Data") }
    var contexts: [KeyContext] { [.data, .table] }
    var isTyping: Bool { list.isTyping }
    var queries: [Query] { [.data(archive.visibility)] }
    var memory: PageMemory { list.memory }

    mutating func restore(_ memory: PageMemory) {
        list.restore(memory)
    }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .data(let assets) = content { list.receive(assets, columns: Self.columns(scene)) }
        return []
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        switch list.handle(event, in: scene.area, columns: Self.columns(scene)) {
        case .opened(let asset): [.open(.dataAsset(asset.id))]
        case .used: []
        case nil: nil
        }
    }

    func refusal(of command: Command) -> String? {
        switch command {
        case .deleteData, .previewData, .archive, .open, .sort, .reverseSort, .filter:
            list.rows?.isEmpty == false
                ? nil : archive.refusal("There is no data asset yet; press r to register one.")
        default: nil
        }
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .registerData: [.open(.registerData)]
        case .previewData: list.selected.map { [.open(.previewData($0.id))] } ?? []
        case .deleteData: list.selected.map { [AssetDeletion(kind: .data, id: $0.id).request] } ?? []
        default: archive.run(command, list.selected?.name) ?? []
        }
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        AssetDeletion.answer(.data, question, choice)
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        (AssetDeletion.finish(useCase) ?? Archive.finish(useCase)).map {
            [.say($0), .fetch(.data(archive.visibility))]
        } ?? []
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        archive.labelled(list).draw(in: scene, on: &canvas, columns: Self.columns(scene))
    }

    private static func columns(_ scene: Scene) -> [TableColumn<DataAsset>] {
        [
            TableColumn("Name", .flexible(minimum: 12, weight: 2)) { $0.name },
            TableColumn("Version", .fixed(8), alignment: .trailing) { $0.version },
            TableColumn("Type", .fixed(10), importance: 1) { $0.kind.rawValue },
            TableColumn("Path", .flexible(minimum: 10, weight: 2), importance: 3, role: { _ in .muted }) {
                $0.path.description
            },
            TableColumn(
                "Created",
                .fixed(12),
                importance: 2,
                role: { _ in .muted },
                precedes: { $0.createdAt < $1.createdAt },
                text: { scene.date($0.createdAt) }
            ),
        ]
    }
}
