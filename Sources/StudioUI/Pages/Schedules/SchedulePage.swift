import BatchDomain
import BatchManifest
import TerminalKit

/// A schedule: when it starts jobs, how its last runs ended, and all of them in a table.
struct SchedulePage: Page {
    /// The content of its tabs.
    enum Tab: Int, CaseIterable {
        case details, runs

        var title: String {
            switch self {
            case .details: "Details"
            case .runs: "Runs"
            }
        }
    }

    let name: String
    private var tab = Tab.details
    private var content: ScheduleContent?
    private var failure: Failure?
    private var pane = TextPane()
    private var runs = ResourceList<ScheduleRunOverview>(emptyText: "No run yet. Press t to trigger one.") {
        String($0.run.number)
    }
    private var deletion = DeletionQuestion()

    init(_ name: String) {
        self.name = name
    }

    var route: Route { .schedule(name) }
    var title: String { name }
    var isTyping: Bool { tab == .runs && runs.isTyping }
    /// Space enables and disables, so the schedule's keys come before those of the text.
    var contexts: [KeyContext] { [.schedule, tab == .runs ? .table : .text, .tabs] }
    var queries: [Query] { [.schedule(name)] + (tab == .runs ? [.scheduleRuns(name)] : []) }
    var isMoving: Bool { content?.runs.contains { $0.job.map { !$0.state.isTerminal } ?? false } ?? false }

    var memory: PageMemory {
        var memory = runs.memory
        memory.tab = tab.rawValue
        return memory
    }

    mutating func restore(_ memory: PageMemory) {
        tab = Tab(rawValue: memory.tab) ?? .details
        runs.restore(memory)
    }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        switch content {
        case .schedule(let content): (self.content, failure) = (content, nil)
        case .scheduleRuns(name, let rows): runs.receive(rows, columns: columns(scene))
        case .deletions(let plans): return deletion.receive(plans)
        default: break
        }
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        if case .scheduleRuns = query { return runs.miss(failure) }
        guard query == .schedule(name) else { return false }
        self.failure = failure
        return true
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
        case .details: return pane.handle(event, details(inside), in: inside) ? [] : nil
        case .runs:
            switch runs.handle(event, in: inside.area, columns: columns(inside)) {
            case .opened(let row): return [Self.open(row)]
            case .used: return []
            case nil: return nil
            }
        }
    }

    /// Opens the job of a run, or says why there is none.
    private static func open(_ row: ScheduleRunOverview) -> Request {
        if let job = row.job { return .open(.job(job.name)) }
        let reason = row.run.reason.map { " \($0)" } ?? ""
        return .say(Toast("Run \(Figures.count(row.run.number)) has no job: \(row.words).\(reason)", role: .warning))
    }

    private mutating func open(_ tab: Tab?) {
        guard let tab else { return }
        self.tab = tab
        pane = TextPane()
    }

    func refusal(of command: Command) -> String? {
        switch command {
        case .switchSchedule, .triggerSchedule, .deleteSchedule, .showEndpoint, .copy:
            content == nil ? "The schedule is not there." : nil
        case .nextMatch, .previousMatch: runs.refusalToMatch
        case .open, .sort, .reverseSort:
            runs.rows?.isEmpty == false ? nil : "There is no run yet; press t to trigger one."
        default: nil
        }
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .nextTab, .previousTab:
            open(tab == .details ? .runs : .details)
            return []
        default: break
        }
        guard let schedule = content?.schedule else { return [] }
        switch command {
        case .switchSchedule: return ScheduleCommands.switching([schedule]).map { .perform($0) }
        case .triggerSchedule: return [ScheduleCommands(schedule).trigger]
        case .showEndpoint: return [ScheduleCommands(schedule).showEndpoint]
        case .deleteSchedule: return deletion.begin([.schedule(name)])
        case .copy: return [.offer(id: "copy", copies.picker)]
        default: return []
        }
    }

    private var copies: Copies {
        guard let schedule = content?.schedule else { return Copies([]) }
        return Copies([("Name", name), ("YAML", ManifestValue(schedule).maskingSecrets.yaml)])
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        if question == "copy" { return copies.request(choice) }
        return deletion.answer(question, choice) ?? ScheduleCommands.answer(question, choice) ?? []
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        if let toast = DeletionQuestion.finish(useCase, outcome) { return [.say(toast), .back] }
        return (ScheduleCommands.finish(useCase, outcome) ?? []) + [.fetch(.schedule(name))]
    }

    // MARK: Drawing

    private var tabs: Tabs { Tabs(Tab.allCases.map(\.title), selected: tab.rawValue) }

    /// The part of the page below the tabs.
    private func inside(_ scene: Scene) -> Scene {
        let body = scene.area.splitTop(1).rest
        return scene.at(body.inset(vertical: body.height > 10 ? 1 : 0))
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        tabs.draw(in: scene.area.row(0), on: &canvas, theme: scene.theme)
        let inside = inside(scene)
        if let failure { return inside.drawMissing(failure, on: &canvas) }
        guard content != nil else { return inside.drawLoading(on: &canvas) }
        switch tab {
        case .details: pane.draw(details(inside), in: inside, on: &canvas)
        case .runs: runs.draw(in: inside, on: &canvas, columns: columns(inside))
        }
    }

    private func details(_ scene: Scene) -> DetailLines {
        var lines = DetailLines()
        guard let content else { return lines }
        let schedule = content.schedule
        lines.history(content.runs, scene)
        lines.times(content.times, of: schedule, scene)
        lines.heading("Schedule")
        lines.field("Name", schedule.name)
        if let name = schedule.displayName { lines.field("Display name", name) }
        if !schedule.description.isEmpty { lines.field("Description", schedule.description) }
        lines.add(schedule, scene)
        if let output = schedule.job.output { lines.field("Output", output.description, role: .link) }
        for setting in Setting.allCases {
            if let text = setting.text(in: schedule.job.overrides) { lines.field(setting.title, text) }
        }
        if !schedule.tags.isEmpty { lines.labels("Tags", schedule.tags) }
        lines.field("Created", scene.time.full(schedule.createdAt))
        lines.field("Updated", scene.time.full(schedule.updatedAt))
        return lines
    }

    private func columns(_ scene: Scene) -> [TableColumn<ScheduleRunOverview>] {
        let now = scene.now
        return [
            TableColumn("Run", .fixed(6), alignment: .trailing, precedes: { $0.run.number < $1.run.number }) {
                Figures.count($0.run.number)
            },
            TableColumn("Due", .fixed(12), precedes: { $0.run.dueAt < $1.run.dueAt }) { scene.date($0.run.dueAt) },
            TableColumn("Result", .fixed(15), role: { $0.role }) { $0.label },
            TableColumn("Took", .fixed(9), alignment: .trailing, importance: 2) {
                $0.job?.durationText(now: now) ?? "–"
            },
            TableColumn(
                "Rows",
                .fixed(9),
                alignment: .trailing,
                importance: 3,
                precedes: { ($0.job?.counts.rows ?? -1) < ($1.job?.counts.rows ?? -1) },
                text: { $0.job.map { Figures.count($0.counts.rows) } ?? "–" }
            ),
            TableColumn(
                "Failed",
                .fixed(6),
                alignment: .trailing,
                importance: 4,
                role: { $0.job?.counts.failedFiles ?? 0 == 0 ? .muted : $0.role },
                text: { $0.job.map { Figures.count($0.counts.failedFiles) } ?? "–" }
            ),
            TableColumn("Job, or why there is none", .flexible(minimum: 14), importance: 1, role: { _ in .muted }) {
                $0.job?.title ?? $0.run.reason ?? "–"
            },
        ]
    }
}
