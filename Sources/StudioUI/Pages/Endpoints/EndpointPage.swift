import BatchDomain
import TerminalKit

/// An endpoint: its details, its deployments, its jobs.
struct EndpointPage: Page {
    /// What its tabs show.
    enum Tab: Int, CaseIterable {
        case details, deployments, runs

        var title: String {
            switch self {
            case .details: "Details"
            case .deployments: "Deployments"
            case .runs: "Runs"
            }
        }
    }

    let name: String
    var tab = Tab.details
    private(set) var endpoint: Endpoint?
    private(set) var deployments: [Deployment] = []
    private(set) var failure: Failure?
    var pane = TextPane()
    var list = ResourceList<Deployment>(emptyText: "No deployments yet. Press a to add one.", id: \.name)
    var runs: JobTable

    init(_ name: String) {
        self.name = name
        runs = JobTable(endpoint: name)
    }

    var route: Route { .endpoint(name) }
    var title: String { name }

    var contexts: [KeyContext] {
        switch tab {
        case .details: [.text, .tabs, .endpoint]
        case .deployments: [.deployments, .table, .tabs, .endpoint]
        case .runs: [.runs, .table, .tabs, .endpoint]
        }
    }

    var isTyping: Bool {
        switch tab {
        case .details: false
        case .deployments: list.isTyping
        case .runs: runs.isTyping
        }
    }

    var queries: [Query] { [.endpoint(name)] + (tab == .runs ? [.jobs(runs.listing)] : []) }
    var isMoving: Bool { tab == .runs && runs.isMoving }

    var memory: PageMemory {
        var memory = tab == .runs ? runs.memory : list.memory
        memory.tab = tab.rawValue
        return memory
    }

    mutating func restore(_ memory: PageMemory) {
        tab = Tab(rawValue: memory.tab) ?? .details
        if tab == .runs { runs.restore(memory) } else { list.restore(memory) }
    }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        switch content {
        case .endpoint(let endpoint, let deployments):
            self.endpoint = endpoint
            self.deployments = deployments
            failure = nil
            list.receive(deployments, columns: columns(scene))
        case .jobs(let listing, let page):
            runs.receive(listing, page)
        default: break
        }
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) {
        self.failure = failure
    }

    /// The deployment that a command is about: the chosen one where there is a list of them.
    var chosenDeployment: Deployment? { tab == .deployments ? list.selected : nil }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        tabs.draw(in: scene.area.row(0), on: &canvas, theme: scene.theme)
        let inside = inside(scene)
        if let failure { return inside.drawMissing(failure, on: &canvas) }
        guard endpoint != nil else { return inside.drawLoading(on: &canvas) }
        switch tab {
        case .details: pane.draw(details(inside), in: inside, on: &canvas)
        case .deployments: list.draw(in: inside, on: &canvas, columns: columns(inside))
        case .runs: runs.draw(in: inside, on: &canvas)
        }
    }

    var tabs: Tabs { Tabs(Tab.allCases.map(\.title), selected: tab.rawValue) }

    /// The part of the page below the tabs.
    func inside(_ scene: Scene) -> Scene {
        let body = scene.area.splitTop(1).rest
        return scene.at(body.inset(vertical: body.height > 10 ? 1 : 0))
    }
}
