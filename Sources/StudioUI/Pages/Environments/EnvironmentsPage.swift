import BatchDomain
import FoundationEssentials
import TerminalKit

/// The list of registered environments, the latest version of each.
struct EnvironmentsPage: Page {
    private var list = ResourceList<EnvironmentAsset>(
        emptyText: "No environments yet. Models bring their own; press c to create one for a scoring script.",
        id: \.name
    )
    private var archive = Archive(.environment)

    let route = Route.section(.environments)
    var title: String { archive.title("Environments") }
    var contexts: [KeyContext] { [.environments, .table] }
    var isTyping: Bool { list.isTyping }
    var queries: [Query] { [.environments(archive.visibility)] }
    var memory: PageMemory { list.memory }

    mutating func restore(_ memory: PageMemory) {
        list.restore(memory)
    }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .environments(let assets) = content { list.receive(assets, columns: Self.columns(scene)) }
        return []
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        switch list.handle(event, in: scene.area, columns: Self.columns(scene)) {
        case .opened(let asset): [.open(.environment(asset.id))]
        case .used: []
        case nil: nil
        }
    }

    func refusal(of command: Command) -> String? {
        switch command {
        case .deleteEnvironment, .archive, .open, .sort, .reverseSort, .filter:
            list.rows?.isEmpty == false
                ? nil : archive.refusal("There is no environment yet; press c to create one.")
        default: nil
        }
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .createEnvironment: [.open(.createEnvironment)]
        case .deleteEnvironment: list.selected.map { [AssetDeletion(kind: .environment, id: $0.id).request] } ?? []
        default: archive.run(command, list.selected?.name) ?? []
        }
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        AssetDeletion.answer(.environment, question, choice)
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        (AssetDeletion.finish(useCase) ?? Archive.finish(useCase)).map {
            [.say($0), .fetch(.environments(archive.visibility))]
        } ?? []
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        archive.labelled(list).draw(in: scene, on: &canvas, columns: Self.columns(scene))
    }

    private static func columns(_ scene: Scene) -> [TableColumn<EnvironmentAsset>] {
        [
            TableColumn("Name", .flexible(minimum: 12, weight: 2)) { $0.name },
            TableColumn("Version", .fixed(8), alignment: .trailing) { $0.version },
            TableColumn("Python", .fixed(8), importance: 1) { $0.source?.pythonVersion ?? "–" },
            TableColumn("Packages", .fixed(8), alignment: .trailing, importance: 3) {
                String($0.source?.requirements.count ?? 0)
            },
            TableColumn("Description", .flexible(minimum: 10, weight: 2), importance: 4, role: { _ in .muted }) {
                $0.description
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
