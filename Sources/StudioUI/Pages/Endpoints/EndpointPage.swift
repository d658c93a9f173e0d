import BatchDomain
import TerminalKit

/// An endpoint: its details, its deployments, its jobs.
struct EndpointPage: Page {
    /// The content of its tabs.
    enum Tab: Int, CaseIterable {
        case details, deployments, runs, trends

        var title: String {
            switch self {
            case .details: "Details"
            case .deployments: "Deployments"
            case .runs: "Runs"
            case .trends: "Trends"
            }
        }
    }

    let name: String
    private(set) var tab = Tab.details
    private(set) var endpoint: Endpoint?
    private(set) var deployments: [Deployment] = []
    private(set) var failure: Failure?
    private(set) var pane = TextPane()
    private(set) var list = ResourceList<Deployment>(emptyText: "No deployments yet. Press a to add one.", id: \.name)
    private(set) var runs: JobTable
    private var deletion = DeletionQuestion()
    private var batch = JobBatch()
    private var again = RunAgain()
    private var baseline = BaselineQuestion()
    private var change = DefaultQuestion()
    private(set) var trends: EndpointTrends?
    /// The schedules that start its jobs.
    private(set) var schedules: [Schedule] = []

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
        case .runs: [.runs, .list, .table, .tabs, .endpoint]
        case .trends: [.text, .tabs, .endpoint]
        }
    }

    var isTyping: Bool {
        switch tab {
        case .details, .trends: false
        case .deployments: list.isTyping
        case .runs: runs.isTyping
        }
    }

    var queries: [Query] {
        switch tab {
        case .details: [.endpoint(name), .endpointSchedules(name)]
        case .deployments: [.endpoint(name)]
        case .runs: [.endpoint(name), .jobs(runs.listing)]
        case .trends: [.endpoint(name), .trends(endpoint: name)]
        }
    }
    var isMoving: Bool { tab == .runs && runs.isMoving }
    var hasPreview: Bool { tab == .runs }
    var preview: Preview? { tab == .runs ? runs.selected.map { .job($0) } : nil }

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
            return baseline.receive(endpoint)
        case .trends(let trends): self.trends = trends
        case .comparableJobs(let pair): return change.receive(pair)
        case .endpointSchedules(name, let schedules): self.schedules = schedules
        case .jobs(let listing, let page):
            runs.receive(listing, page, height: inside(scene).area.height)
        case .jobNames(let listing, let names): runs.toggleAll(names, of: listing)
        case .jobsNamed(let jobs): return batch.receive(jobs)
        case .report(let file): return JobCommands.show(report: file)
        case .job(let job): return again.receive(job)
        case .deletions(let plans): return deletion.receive(plans)
        default: break
        }
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        if case .jobs = query { return runs.miss(failure) }
        if case .comparableJobs = query { change.cancel() }
        guard query == .endpoint(name) else { return false }
        self.failure = failure
        return true
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
        case .trends: pane.draw(trendLines(inside), in: inside, on: &canvas)
        }
    }

    var tabs: Tabs { Tabs(Tab.allCases.map(\.title), selected: tab.rawValue) }

    /// The part of the page below the tabs.
    func inside(_ scene: Scene) -> Scene {
        let body = scene.area.splitTop(1).rest
        return scene.at(body.inset(vertical: body.height > 10 ? 1 : 0))
    }

    // MARK: Keys and commands

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        var tabs = tabs
        if event.click(in: scene.area.row(0)) != nil {
            if case .opened(let index)? = tabs.handle(event, in: scene.area.row(0)) { open(Tab(rawValue: index)) }
            return []
        }
        let inside = inside(scene)
        switch tab {
        case .details:
            return pane.handle(event, details(inside), in: inside) ? [] : nil
        case .deployments:
            switch list.handle(event, in: inside.area, columns: columns(inside)) {
            case .opened(let deployment): return [.open(.model(deployment.model))]
            case .used: return []
            case nil: return nil
            }
        case .runs:
            return runs.handle(event, in: inside)
        case .trends:
            return pane.handle(event, trendLines(inside), in: inside) ? [] : nil
        }
    }

    private mutating func open(_ tab: Tab?) {
        guard let tab else { return }
        self.tab = tab
        pane = TextPane()
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .nextTab: open(Tab(rawValue: (tab.rawValue + 1) % Tab.allCases.count))
        case .previousTab: open(Tab(rawValue: (tab.rawValue + Tab.allCases.count - 1) % Tab.allCases.count))
        case .createJob: return [.open(.createJob(endpoint: name, deployment: chosenDeployment?.name))]
        case .createSchedule: return [.open(.createSchedule(endpoint: name))]
        case .addDeployment: return [.open(.addDeployment(endpoint: name))]
        case .editEndpoint: return [.open(.editEndpoint(name))]
        case .editDeployment:
            return chosenDeployment.map { [.open(.editDeployment(endpoint: name, deployment: $0.name))] } ?? []
        case .testDeployment:
            let deployment = chosenDeployment?.name ?? endpoint?.defaultDeployment
            return deployment.map { [.open(.testDeployment(endpoint: name, deployment: $0))] } ?? []
        case .chooseColumns: return runs.offerColumns(inside(scene))
        case .compareJobs:
            return runs.comparedJobs.map { [.open(.comparison(first: $0.first, second: $0.second))] } ?? []
        case .setDefaultDeployment: return change.begin(deployments, of: endpoint, selected: chosenDeployment?.name)
        case .deleteEndpoint: return deletion.begin([.endpoint(name)])
        case .deleteDeployment:
            return deletion.begin(chosenDeployment.map { [.deployment($0.name, endpoint: name)] } ?? [])
        case .copy where tab != .runs: return [.offer(id: "copy", copies.picker)]
        default:
            if !runs.marks.isEmpty, JobBatch.takes(command) { return batch.begin(command, runs.targets) }
            if command == .runAgain { return again.begin(runs.selected) }
            if command == .setBaseline { return baseline.begin(runs.selected) }
            return runs.selected.flatMap { JobCommands($0).show(command) ?? JobCommands($0).run(command) } ?? []
        }
        return []
    }

    func refusal(of command: Command) -> String? {
        switch command {
        case .createJob where deployments.isEmpty, .createSchedule where deployments.isEmpty,
            .setDefaultDeployment where deployments.isEmpty, .testDeployment where deployments.isEmpty:
            return "\(name) has no deployment yet; press a to add one."
        case .editDeployment: return chosenDeployment == nil ? "There is no deployment here." : nil
        case .deleteDeployment:
            guard let chosen = chosenDeployment else { return "There is no deployment here." }
            let isDefault = chosen.name == endpoint?.defaultDeployment && deployments.count > 1
            return isDefault ? "\(chosen.name) is the default; press d to choose another one first." : nil
        case .nextMatch, .previousMatch:
            return tab == .runs ? runs.refusal(of: command) : list.refusalToMatch
        case .open, .sort, .reverseSort, .runAgain, .showResults, .showLog, .cancelJob, .resumeJob, .retryFailed,
            .cloneJob, .deleteJob, .compareJobs, .setBaseline, .writeReport:
            if tab == .runs { return runs.refusal(of: command) }
            return tab == .deployments && deployments.isEmpty ? "There is no deployment here." : nil
        case .copy where tab == .runs: return runs.refusal(of: command)
        case .editEndpoint, .deleteEndpoint, .copy:
            return endpoint == nil ? "The endpoint is not there." : nil
        default:
            return nil
        }
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        if question == "copy" { return copies.request(choice) }
        if let requests = runs.answer(question, choice) { return requests }
        return change.answer(question, choice) ?? deletion.answer(question, choice) ?? batch.answer(question, choice)
            ?? again.answer(question, choice)
            ?? baseline.answer(question, choice) ?? JobCommands.answer(question, choice)
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        if let requests = RunAgain.finish(useCase, outcome) { return requests }
        if let toast = JobBatch.finish(useCase, outcome) {
            runs.clearMarks()
            return [.say(toast), .fetch(.jobs(runs.listing))]
        }
        if let toast = BaselineQuestion.finish(useCase) {
            return [.say(toast), .fetch(.endpoint(name)), .fetch(.jobs(runs.listing))]
        }
        return switch useCase {
        case .setDefaultDeployment(let deployment, _):
            [.say(Toast("Jobs of \(name) run on \(deployment) now.", role: .success)), .fetch(.endpoint(name))]
        case .deleteDeployment:
            (DeletionQuestion.finish(useCase, outcome).map { [.say($0)] } ?? []) + [.fetch(.endpoint(name))]
        case .deleteEndpoint: (DeletionQuestion.finish(useCase, outcome).map { [.say($0)] } ?? []) + [.back]
        default: JobCommands.finish(useCase, outcome) + [.fetch(.jobs(runs.listing))]
        }
    }
}
