import BatchDomain
import TerminalKit

/// The list of endpoints, each with its last job.
struct EndpointsPage: Page {
    private var list = ResourceList<EndpointOverview>(
        emptyText: "No endpoints yet. Press c to create one.",
        id: \.endpoint.name
    )

    let route = Route.section(.endpoints)
    let title = "Endpoints"
    var contexts: [KeyContext] { [.endpoints, .table] }
    var isTyping: Bool { list.isTyping }
    var queries: [Query] { [.endpoints] }
    var memory: PageMemory { list.memory }

    mutating func restore(_ memory: PageMemory) {
        list.restore(memory)
    }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        guard case .endpoints(let rows) = content else { return [] }
        list.receive(rows, columns: Self.columns(scene))
        return []
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        switch list.handle(event, in: scene.area, columns: Self.columns(scene)) {
        case .opened(let row): [.open(.endpoint(row.endpoint.name))]
        case .used: []
        case nil: nil
        }
    }

    func refusal(of command: Command) -> String? {
        switch command {
        case .createJob:
            guard let row = list.selected else { return "There is no endpoint yet; press c to create one." }
            return row.deployments == 0 ? "\(row.endpoint.name) has no deployment yet; open it and press a." : nil
        case .deleteEndpoint, .open, .filter, .sort, .reverseSort:
            return list.rows?.isEmpty == false ? nil : "There is no endpoint yet; press c to create one."
        default:
            return nil
        }
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .createEndpoint: return [.open(.createEndpoint)]
        case .createJob:
            return list.selected.map { [.open(.createJob(endpoint: $0.endpoint.name, deployment: nil))] } ?? []
        case .deleteEndpoint:
            return list.selected.map { row in
                [
                    .ask(
                        id: "delete:" + row.endpoint.name,
                        .deleting(endpoint: row.endpoint.name, count: row.deployments)
                    )
                ]
            } ?? []
        default: return []
        }
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        guard choice == "delete", question.hasPrefix("delete:") else { return [] }
        return [.perform(.deleteEndpoint(String(question.dropFirst("delete:".count))))]
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        guard case .deleteEndpoint(let name) = useCase else { return [] }
        return [.say(Toast("Endpoint \(name) is deleted.", role: .success)), .fetch(.endpoints)]
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        list.draw(in: scene, on: &canvas, columns: Self.columns(scene))
    }
}
