import BatchDomain
import BatchManifest
import FoundationEssentials
import TerminalKit

/// A job, live: how far it is, what its workers do, what it says, what failed and what came out.
struct JobPage: Page, LogReader {
    /// What its tabs show.
    enum Tab: Int, CaseIterable {
        case overview, log, errors, outputs, details
    }

    let name: String
    var tab = Tab.overview
    var content: JobContent?
    var failure: Failure?
    var map = MiniBatchMap()
    var speed = JobSpeed()
    var workers = TableState()
    var log = LogBuffer()
    var logView = LogView()
    /// Counts up while there is no log yet, to look again.
    var logAttempt = 0
    var isLogMissing = false
    var failures = RowWindow<FileFailure>()
    var failureTable = TableState()
    var outputs = ResourceList<OutputFile>(
        emptyText: "No output yet. The rows are joined to the output file when all are scored.",
        id: \.name
    )
    var pane = TextPane()
    /// The job as YAML, a line each.
    var details: [String] = []

    init(_ name: String) {
        self.name = name
    }

    var route: Route { .job(name) }
    var title: String { content?.job.displayName ?? name }

    var contexts: [KeyContext] {
        switch tab {
        case .overview: [.job, .tabs]
        case .log: [.log, .job, .tabs]
        case .errors: [.failures, .table, .job, .tabs]
        case .outputs: [.outputs, .table, .job, .tabs]
        case .details: [.text, .job, .tabs]
        }
    }

    var isTyping: Bool {
        switch tab {
        case .log: logView.isSearching
        case .errors: failureTable.isFiltering
        case .outputs: outputs.isTyping
        case .overview, .details: false
        }
    }

    var queries: [Query] {
        switch tab {
        case .errors: [.job(name), .failures(job: name, offset: failures.wantedOffset, limit: failures.size)]
        case .outputs: [.job(name), .outputs(job: name)]
        case .overview, .log, .details: [.job(name)]
        }
    }

    var subscriptions: Set<Subscription> {
        guard tab == .log, let content else { return [] }
        return [.log(path: content.folder.controllerLog, attempt: logAttempt)]
    }

    var isMoving: Bool { content.map { !$0.job.state.isTerminal } ?? false }

    var memory: PageMemory {
        var memory = PageMemory()
        memory.tab = tab.rawValue
        return memory
    }

    /// Once: from then on the curve is watched.
    mutating func appear() -> [Request] { [.fetch(.speed(job: name))] }

    mutating func restore(_ memory: PageMemory) {
        tab = Tab(rawValue: memory.tab) ?? .overview
    }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        switch content {
        case .job(let content):
            return receive(content)
        case .speed(_, let rows):
            speed.begin(with: rows)
        case .miniBatches(_, let first, let runs):
            map.receive(runs, from: first)
        case .failures(let offset, let rows):
            failures.receive(rows, offset: offset, total: self.content?.job.counts.failedFiles ?? rows.count)
        case .outputs(let files):
            outputs.receive(files, columns: outputColumns(scene))
        default: break
        }
        return []
    }

    private mutating func receive(_ content: JobContent) -> [Request] {
        self.content = content
        failure = nil
        if isLogMissing {
            isLogMissing = false
            logAttempt += 1
        }
        writeDetails()
        // A resumed job tries again what failed: what was known of it holds no longer.
        if content.job.counts.finishedMiniBatches < map.finished { map = MiniBatchMap() }
        guard content.job.counts.finishedMiniBatches != map.finished else { return [] }
        return [.fetch(.miniBatches(job: name, from: map.frontier))]
    }

    /// Writes the job as YAML, only where it is seen: a job that runs changes often.
    mutating func writeDetails() {
        guard tab == .details, let content else { return }
        details = ManifestValue(content.job).yaml.split(separator: "\n").map { String($0) }
    }

    /// The job as YAML, long lines wrapped: a cause or a note must be readable in full.
    func detailLines(width: Int) -> [String] { details.flatMap { $0.wrapped(to: max(1, width - 1)) } }

    mutating func miss(_ query: Query, _ failure: Failure) {
        if query == .job(name) { self.failure = failure }
    }

    mutating func hear(_ message: Message) {
        switch message {
        case .logGrew(_, let piece, let isFirst):
            if isFirst { log = LogBuffer() }
            log.append(piece)
        case .logMissing: isLogMissing = true
        default: break
        }
    }

    mutating func advance(by elapsed: Duration) {
        guard let job = content?.job else { return }
        speed.advance(by: elapsed.inSeconds, counts: job.counts, isScoring: job.state == .running)
    }

    var tabs: Tabs {
        let failed = content?.job.counts.failedFiles ?? 0
        let titles = [
            "Overview", "Log", failed > 0 ? "Errors \(Figures.count(failed))" : "Errors", "Outputs", "Details",
        ]
        return Tabs(titles, selected: tab.rawValue)
    }

    /// The part of the page below the tabs.
    func inside(_ scene: Scene) -> Scene {
        let body = scene.area.splitTop(1).rest
        return tab == .log ? scene.at(body) : scene.at(body).withMargin
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        tabs.draw(in: scene.area.row(0), on: &canvas, theme: scene.theme)
        let inside = inside(scene)
        if let failure { return inside.drawMissing(failure, on: &canvas) }
        guard let content else { return inside.drawLoading(on: &canvas) }
        switch tab {
        case .overview: JobBoard(page: self, content: content).draw(in: inside, on: &canvas)
        case .log: drawLog(in: inside, on: &canvas)
        case .errors: failureWidget.draw(failureTable, in: inside.area, on: &canvas, theme: scene.theme)
        case .outputs: outputs.draw(in: inside, on: &canvas, columns: outputColumns(inside))
        case .details:
            let area = inside.area.inset(horizontal: 2)
            let lines = detailLines(width: area.width).map { [Span($0, scene.theme[.text])] }
            pane.draw(lines, in: area, on: &canvas, theme: scene.theme)
        }
    }
}
