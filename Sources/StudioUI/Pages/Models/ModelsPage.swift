import BatchDomain
import FoundationEssentials
import TerminalKit

/// The list of models, the latest version of each.
struct ModelsPage: Page {
    private var list = ResourceList<Model>(
        emptyText: "No models yet. Press r to register one from a folder.",
        id: \.name
    )
    private var archive = Archive(.model)

    let route = Route.section(.models)
    var title: String { archive.title("Models") }
    var contexts: [KeyContext] { [.models, .table] }
    var isTyping: Bool { list.isTyping }
    var queries: [Query] { [.models(archive.visibility)] }
    var memory: PageMemory { list.memory }

    mutating func restore(_ memory: PageMemory) {
        list.restore(memory)
    }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .models(let models) = content { list.receive(models, columns: Self.columns(scene)) }
        return []
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        switch list.handle(event, in: scene.area, columns: Self.columns(scene)) {
        case .opened(let model): [.open(.model(model.id))]
        case .used: []
        case nil: nil
        }
    }

    func refusal(of command: Command) -> String? {
        switch command {
        case .deployModel, .deleteModel, .archive, .open, .sort, .reverseSort, .filter:
            list.rows?.isEmpty == false
                ? nil : archive.refusal("There is no model yet; press r to register one.")
        default: nil
        }
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .registerModel: [.open(.registerModel)]
        case .deployModel: list.selected.map { [.open(.deployModel($0.id))] } ?? []
        case .deleteModel: list.selected.map { [AssetDeletion(kind: .model, id: $0.id).request] } ?? []
        default: archive.run(command, list.selected?.name) ?? []
        }
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        AssetDeletion.answer(.model, question, choice)
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        (AssetDeletion.finish(useCase) ?? Archive.finish(useCase)).map {
            [.say($0), .fetch(.models(archive.visibility))]
        } ?? []
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        archive.labelled(list).draw(in: scene, on: &canvas, columns: Self.columns(scene))
    }

    private static func columns(_ scene: Scene) -> [TableColumn<Model>] {
        [
            TableColumn("Name", .flexible(minimum: 12, weight: 2)) { $0.name },
            TableColumn("Version", .fixed(8), alignment: .trailing) { $0.version },
            TableColumn("Type", .fixed(12), importance: 2) { $0.kind.rawValue },
            TableColumn("Size", .fixed(8), alignment: .trailing, importance: 4, precedes: { $0.bytes < $1.bytes }) {
                Figures.bytes($0.bytes)
            },
            TableColumn("Source", .flexible(minimum: 10), importance: 3, role: { _ in .muted }) { $0.source },
            TableColumn(
                "Created",
                .fixed(12),
                importance: 1,
                role: { _ in .muted },
                precedes: { $0.createdAt < $1.createdAt },
                text: { scene.date($0.createdAt) }
            ),
        ]
    }
}
