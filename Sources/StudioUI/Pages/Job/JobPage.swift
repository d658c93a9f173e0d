import BatchDomain
import BatchManifest
import DisplayText
import FoundationEssentials
import TerminalKit

/// A job, live: how far it is, what its workers do, what it says, what failed and what came out.
struct JobPage: Page, LogReader {
    /// The content of its tabs.
    enum Tab: Int, CaseIterable {
        case overview, log, errors, outputs, results, details
    }

    let name: String
    private(set) var tab = Tab.overview
    /// True once the tab was chosen, by the user or by what opened the page.
    private var hasChosenTab = false
    private(set) var content: JobContent?
    private(set) var failure: Failure?
    /// Why tabs have nothing to show.
    private var missed: [Tab: Failure] = [:]
    private(set) var map = MiniBatchMap()
    /// True while finished mini-batches are read.
    private var isReadingMap = false
    private(set) var speed = JobSpeed()
    private(set) var workers = TableState()
    private(set) var log: JobLogPane
    /// Counts up while there is no log yet, to look again.
    private(set) var logAttempt = 0
    private(set) var isLogMissing = false
    /// The failed files that the overview of an ended job shows.
    private(set) var firstFailures: [FileFailure] = []
    /// The part of the failed files that their tab shows.
    private(set) var failures = RowWindow<FileFailure>()
    private(set) var failureTable = TableState()
    private(set) var outputs = ResourceList<OutputFile>(
        emptyText: "No output yet. The rows are joined to the output file when all are scored.",
        id: \.name
    )
    private(set) var results: ResultsPane
    private(set) var pane = TextPane()
    /// The first tab of a job that has ended.
    private(set) var overviewPane = TextPane()
    /// How long mini-batches took, once the job has ended.
    private(set) var times: MiniBatchTimes?
    private(set) var timeLeft = TimeLeft()
    private var baseline = BaselineQuestion()
    /// The mini-batches that are attempted again.
    private(set) var retries: [WorkerStatus] = []
    /// The job as YAML, a line each.
    private(set) var details: [String] = []

    init(_ name: String) {
        self.name = name
        log = JobLogPane(job: name)
        results = ResultsPane(job: name)
    }

    var route: Route { .job(name) }
    var title: String { content?.job.displayName ?? name }

    var contexts: [KeyContext] {
        switch tab {
        case .overview: [.jobOverview, .job, .tabs] + (content?.job.state.isTerminal == true ? [.text] : [])
        case .log: [.log, .job, .tabs]
        case .errors: [.failures, .table, .job, .tabs]
        case .outputs: [.outputs, .table, .job, .tabs]
        case .results: [.results] + (results.showsProfile ? [.text] : [.table]) + [.job, .tabs]
        case .details: [.text, .job, .tabs]
        }
    }

    var isTyping: Bool {
        switch tab {
        case .log: log.isTyping
        case .errors: failureTable.isFiltering
        case .outputs: outputs.isTyping
        case .results: results.isTyping
        case .overview, .details: false
        }
    }

    var queries: [Query] {
        switch tab {
        case .errors: [.job(name), failureQuery]
        case .outputs: [.job(name), .outputs(job: name)]
        case .results: [.job(name)] + results.queries
        case .log: [.job(name)] + log.queries
        case .details: [.job(name)]
        case .overview: [.job(name)] + endQueries
        }
    }

    private var failureQuery: Query {
        .failures(job: name, filter: failureTable.filter, offset: failures.wantedOffset, limit: failures.size)
    }

    /// What an ended job is asked besides.
    private var endQueries: [Query] {
        guard let job = content?.job, job.state.isTerminal else { return [] }
        let failures = Query.firstFailures(job: name, limit: JobPane.maxFiles)
        // The times of a job that has ended don't change.
        return (job.counts.failedFiles > 0 ? [failures] : []) + [.outputs(job: name)]
            + (times == nil ? [.miniBatchTimes(job: name)] : [])
    }

    var subscriptions: Set<Subscription> {
        tab == .log && content != nil ? [.log(job: name, attempt: logAttempt)] : []
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
        hasChosenTab = true
    }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        switch content {
        case .job(let content):
            return receive(content, at: scene.now)
        case .report(let file):
            return JobCommands.show(report: file)
        case .speed(_, let rows):
            speed.begin(with: rows)
        case .miniBatches(_, _, let runs):
            let known = map.finished
            map.receive(runs)
            isReadingMap = false
            // An answer without news is not asked for again: the counts of a damaged database may never be reached.
            if map.finished > known { return readMap(onlyBehind: true) }
        case .failures(let filter, let offset, let total, let rows):
            guard filter == failureTable.filter else { break }
            let all = total ?? self.content?.job.counts.failedFiles ?? rows.count
            failures.receive(rows, offset: offset, total: all)
            missed[.errors] = nil
            failureTable.cursor = max(0, min(failureTable.cursor, all - 1))
            failures.follow(cursor: failureTable.cursor, height: inside(scene).area.height)
        case .firstFailures(let failures): firstFailures = failures
        case .miniBatchTimes(_, let times): self.times = times
        case .endpoint(let endpoint, _): return baseline.receive(endpoint)
        case .miniBatchAt(_, let id): return JobLogPane.open(id, of: name)
        case .outputs(let files):
            outputs.receive(files, columns: outputColumns(scene))
            missed[.outputs] = nil
        case .results(let page):
            results.receive(page, height: inside(scene).area.height)
            missed[.results] = nil
        case .profile(let profile): results.receive(profile)
        case .resultMatch(let text, let row):
            results.receive(found: row, of: text, height: inside(scene).area.height)
        case .jobLog(let request, let window):
            log.receive(request, window, in: inside(scene))
            missed[.log] = nil
        default: break
        }
        return []
    }

    private mutating func receive(_ content: JobContent, at now: Date) -> [Request] {
        openFirstTab(of: content.job)
        let isSame = content.job.counts.finishedMiniBatches == self.content?.job.counts.finishedMiniBatches
        let retries = content.workers.filter { ($0.attempt ?? 1) > 1 && $0.lastError != nil }
        // While a worker starts in the place of one that was killed, no worker has the mini-batch.
        if !retries.isEmpty || !isSame || content.job.state != .running { self.retries = retries }
        self.content = content
        failure = nil
        if isLogMissing {
            isLogMissing = false
            logAttempt += 1
        }
        writeDetails()
        updateTimeLeft(content, at: now)
        if !content.job.state.isTerminal { times = nil }
        return readMap()
    }

    /// Asks for the mini-batches that were finished since, where the map is shown: one question at a time, as each is about what is
    /// unfinished as far as it is known.
    private mutating func readMap(onlyBehind: Bool = false) -> [Request] {
        guard let counts = content?.job.counts, tab == .overview, !isReadingMap else { return [] }
        let finished = counts.finishedMiniBatches
        guard onlyBehind ? finished > map.finished : finished != map.finished else { return [] }
        // A resumed job scores failed files again: their failures are outdated.
        if finished < map.finished { map = MiniBatchMap() }
        let gaps = map.gaps(of: counts.miniBatches ?? 0)
        guard !gaps.isEmpty else { return [] }
        isReadingMap = true
        return [.fetch(.miniBatches(job: name, in: gaps))]
    }

    /// A job that is complete opens with its results; one that is watched stays where it is.
    private mutating func openFirstTab(of job: Job) {
        if !hasChosenTab, job.state == .completed, job.specification.output.fileName != nil { tab = .results }
        hasChosenTab = true
    }

    private mutating func updateTimeLeft(_ content: JobContent, at now: Date) {
        guard content.job.state == .running else { return timeLeft.reset() }
        let estimate = ProgressEstimate(content.progress, transitions: content.transitions, now: now)
        timeLeft.update(estimate?.secondsLeft, finished: content.progress.miniBatches)
    }

    /// Writes the job as YAML, only where it is seen: a job that runs changes often.
    mutating func writeDetails() {
        guard tab == .details, let content else { return }
        details = ManifestValue(content.job).yaml.split(separator: "\n").map { String($0) }
    }

    /// The job as YAML, long lines wrapped: a cause or a note must be readable in full.
    func detailLines(width: Int) -> [String] { details.flatMap { $0.wrapped(to: max(1, width - 1)) } }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        switch query {
        case .job(name):
            self.failure = failure
            return true
        case .failures: return miss(.errors, failure, isEmpty: failures.total == nil)
        case .outputs: return miss(.outputs, failure, isEmpty: outputs.rows == nil)
        case .jobLog: return miss(.log, failure, isEmpty: log.miss())
        case .miniBatches:
            isReadingMap = false
            return false
        case .results: return miss(.results, failure, isEmpty: results.rows.total == nil)
        case .profile:
            results.missProfile(failure)
            return true
        default: return false
        }
    }

    /// Takes why a tab has nothing to show; returns whether it shows that.
    private mutating func miss(_ tab: Tab, _ failure: Failure, isEmpty: Bool) -> Bool {
        missed[tab] = isEmpty ? failure : nil
        return isEmpty && tab == self.tab
    }

    mutating func receive(_ message: Message) -> [Request] {
        switch message {
        case .logGrew: return log.growth
        case .logMissing: isLogMissing = true
        default: break
        }
        return []
    }

    mutating func advance(by elapsed: Duration) {
        guard let content else { return }
        timeLeft.advance(by: elapsed.seconds)
        speed.advance(by: elapsed.seconds, rows: content.progress.rows, isScoring: content.job.state == .running)
    }

    var tabs: Tabs {
        let failed = content?.job.counts.failedFiles ?? 0
        let titles = [
            "Overview", "Log", failed > 0 ? "Errors \(Figures.count(failed))" : "Errors", "Outputs", "Results",
            "Details",
        ]
        return Tabs(titles, selected: tab.rawValue)
    }

    /// The part of the page below the tabs.
    func inside(_ scene: Scene) -> Scene {
        let body = scene.area.splitTop(1).rest
        if tab == .log { return scene.at(body) }
        let inside = scene.at(body).withMargin
        return tab == .results ? inside.at(inside.area.splitTop(remarks(inside).count).rest) : inside
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        tabs.draw(in: scene.area.row(0), on: &canvas, theme: scene.theme)
        let inside = inside(scene)
        if let failure { return inside.drawMissing(failure, on: &canvas) }
        guard let content else { return inside.drawLoading(on: &canvas) }
        if let missing = missed[tab] { return inside.drawMissing(missing, on: &canvas) }
        switch tab {
        case .overview: JobPane(page: self, content: content).draw(in: inside, on: &canvas)
        case .log: drawLog(in: inside, on: &canvas)
        case .errors: failureWidget.draw(failureTable, in: inside.area, on: &canvas, theme: scene.theme)
        case .outputs: outputs.draw(in: inside, on: &canvas, columns: outputColumns(inside))
        case .results:
            drawRemarks(in: scene, on: &canvas)
            results.draw(in: inside, on: &canvas)
        case .details:
            let area = inside.area.inset(horizontal: 2)
            let lines = detailLines(width: area.width).map { [Span($0, scene.theme[.text])] }
            pane.draw(lines, in: area, on: &canvas, theme: scene.theme)
        }
    }

    // MARK: Keys and commands

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        if event.click(in: scene.area.row(0)) != nil {
            var tabs = tabs
            if case .opened(let index)? = tabs.handle(event, in: scene.area.row(0)) { open(Tab(rawValue: index)) }
            return readMap()
        }
        let inside = inside(scene)
        switch tab {
        case .overview:
            guard let content else { return nil }
            let pane = JobPane(page: self, content: content)
            if event == .key(.enter) { return openMiniBatch(pane.miniBatch()) }
            if let cell = event.click(in: inside.area), let tile = pane.tile(at: cell, inside) {
                return openMiniBatch(pane.miniBatch(in: tile))
            }
            if content.job.state.isTerminal {
                let count = pane.endedLines(inside).lines.count
                return overviewPane.handle(event, lineCount: count, in: JobPane.endedArea(inside)) ? [] : nil
            }
            let place = pane.places(in: inside.area, scene.theme).workers
            let before = workers
            let action = pane.workerTable(inside).handle(event, &workers, in: place)
            return action == nil && before == workers ? nil : []
        case .log:
            return log.handle(event, in: inside.area)
        case .errors:
            return handleFailures(event, in: inside)
        case .outputs:
            switch outputs.handle(event, in: inside.area, columns: outputColumns(inside)) {
            case .opened(let file): return [.open(.output(job: name, file: file.path))]
            case .used: return []
            case nil: return nil
            }
        case .results: return results.handle(event, in: inside)
        case .details:
            let area = inside.area.inset(horizontal: 2)
            return pane.handle(event, lineCount: detailLines(width: area.width).count, in: area) ? [] : nil
        }
    }

    private mutating func handleFailures(_ event: Event, in scene: Scene) -> [Request]? {
        let before = failureTable
        let action = failureWidget.handle(event, &failureTable, in: scene.area)
        failures.follow(cursor: failureTable.cursor, height: scene.area.height)
        if action == .filtered { failures = RowWindow() }
        if case .opened(let index) = action { return openFailure(index) }
        return action == nil && before == failureTable ? nil : []
    }

    private func openFailure(_ index: Int) -> [Request] {
        failures[index].map { [.open(.failure(job: name, miniBatch: $0.miniBatch, file: $0.file))] } ?? []
    }

    private func openMiniBatch(_ id: Int?) -> [Request] {
        id.map { [.open(.miniBatch(job: name, id: $0))] } ?? []
    }

    private mutating func open(_ tab: Tab?) {
        hasChosenTab = true
        guard let tab, tab != self.tab else { return }
        self.tab = tab
        pane = TextPane()
        writeDetails()
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .nextTab:
            open(Tab(rawValue: (tab.rawValue + 1) % Tab.allCases.count))
            return readMap()
        case .previousTab:
            open(Tab(rawValue: (tab.rawValue + Tab.allCases.count - 1) % Tab.allCases.count))
            return readMap()
        case .openOutput: return outputPath.map { [.read(file: $0)] } ?? []
        case .copy: return [.offer(id: "copy", copies.picker)]
        case .openMiniBatch where tab == .overview:
            return openMiniBatch(content.flatMap { JobPane(page: self, content: $0).miniBatch() })
        case .openMiniBatch where tab == .errors: return openMiniBatch(failures[failureTable.cursor]?.miniBatch)
        case .chooseLogSource, .chooseLogLevel, .filterLog, .openMiniBatch:
            return log.run(command, in: inside(scene).area)
        case .nextColumn, .previousColumn, .searchRows, .goToRow, .showProfile: results.run(command)
        case .setBaseline: return content.map { baseline.begin($0.job) } ?? []
        default: return content.flatMap { JobCommands($0.job, isBaseline: $0.isBaseline).run(command) } ?? []
        }
        return []
    }

    /// The file that a pager shows: the chosen one where there is a list, the job's own otherwise.
    var outputPath: String? {
        tab == .outputs ? outputs.selected?.path : content?.job.specification.output.file
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        switch question {
        case "copy": copies.request(choice)
        case "source": log.choose(JobLogPane.sources(picked: choice))
        default: baseline.answer(question, choice) ?? JobCommands.answer(question, choice)
        }
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        if case .deleteJob = useCase { return JobCommands.finish(useCase, outcome) + [.back] }
        if let toast = BaselineQuestion.finish(useCase) { return [.say(toast), .fetch(.job(name))] }
        return JobCommands.finish(useCase, outcome) + [.fetch(.job(name))]
    }

    /// The texts that can be copied here.
    private var copies: Copies {
        guard let content else { return Copies([]) }
        let job = content.job
        return Copies([
            ("Name", job.name),
            ("Output folder", job.specification.output.folder),
            ("Output as a datastore path", job.specification.output.location.description),
            ("Log file", content.folder.controllerLog),
            ("Command to watch it", "batchstudio job stream -n \(job.name)"),
            ("Job as YAML", ManifestValue(job).yaml),
        ])
    }
}
