import BatchDomain
import FoundationEssentials
import TerminalKit

/// The list of compute targets.
struct ComputePage: Page {
    private var list = ResourceList<ComputeTarget>(emptyText: "No compute targets.", id: \.name)

    let route = Route.section(.compute)
    let title = "Compute"
    var contexts: [KeyContext] { [.computeTargets, .table] }
    var isTyping: Bool { list.isTyping }
    var queries: [Query] { [.compute] }
    var memory: PageMemory { list.memory }

    mutating func restore(_ memory: PageMemory) {
        list.restore(memory)
    }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .compute(let targets) = content { list.receive(targets, columns: Self.columns(scene)) }
        return []
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        switch list.handle(event, in: scene.area, columns: Self.columns(scene)) {
        case .opened(let target): [.open(.computeTarget(target.name))]
        case .used: []
        case nil: nil
        }
    }

    func refusal(of command: Command) -> String? {
        command == .deleteCompute ? ComputeTarget.refusalToDelete(list.selected) : nil
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .createCompute: [.open(.createCompute)]
        case .deleteCompute: list.selected.map { [.ask(id: "delete:" + $0.name, .deleting(compute: $0.name))] } ?? []
        default: []
        }
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        guard choice == "delete", question.hasPrefix("delete:") else { return [] }
        return [.perform(.deleteCompute(String(question.dropFirst("delete:".count))))]
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        guard case .deleteCompute(let name) = useCase else { return [] }
        return [.say(Toast("Compute target \(name) is deleted.", role: .success)), .fetch(.compute)]
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        list.draw(in: scene, on: &canvas, columns: Self.columns(scene))
    }

    private static func columns(_ scene: Scene) -> [TableColumn<ComputeTarget>] {
        [
            TableColumn("Name", .flexible(minimum: 12, weight: 2)) { $0.name },
            TableColumn("Type", .fixed(10)) { $0.kind.rawValue },
            TableColumn("Instances", .fixed(9), alignment: .trailing, importance: 1) {
                "\($0.minInstances)–\($0.maxInstances)"
            },
            TableColumn("Size", .flexible(minimum: 10), importance: 3) { $0.size ?? "–" },
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

extension ComputeTarget {
    /// Why a target cannot be deleted, as far as the list tells.
    static func refusalToDelete(_ target: ComputeTarget?) -> String? {
        guard let target else { return "There is no compute target here." }
        return target.kind == .local ? "\(target.name) is this machine itself; every workspace has it." : nil
    }
}

extension Dialog {
    /// Asks before a compute target goes.
    static func deleting(compute: String) -> Dialog {
        Dialog(
            "Delete compute target \(compute)?",
            """
            Goes:  the compute target \(compute)
            Stays: everything else; a target that a
                   deployment uses is not deleted
            """,
            [DialogButton("keep", "Keep it"), DialogButton("delete", "Delete", isDangerous: true)]
        )
    }
}
