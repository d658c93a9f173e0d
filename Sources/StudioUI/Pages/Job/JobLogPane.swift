import BatchDomain
import DisplayText
import FoundationEssentials
import TerminalKit

/// The log of a job: a window of the lines of the executor and of all workers in the order of time.
struct JobLogPane {
    private let job: String
    private(set) var filter = JobLogFilter()
    private(set) var view = LogView()
    private var rows = LogRows()
    private var window: JobLogWindow?
    /// The workers that have a log.
    private var workers: [Int] { window?.workers ?? [] }

    init(job: String) {
        self.job = job
    }

    var isTyping: Bool { view.isSearching }

    /// The end of the log, while it is followed or nothing is there.
    var queries: [Query] { view.isFollowing ? [.jobLog(request(.end))] : [] }

    private func request(_ anchor: JobLogRequest.Anchor) -> JobLogRequest {
        JobLogRequest(job: job, anchor: anchor, filter: filter)
    }

    /// The requests after the log has grown.
    var growth: [Request] { queries.map(Request.fetch) }

    // MARK: Windows

    /// Takes a window that was asked for.
    mutating func receive(_ request: JobLogRequest, _ window: JobLogWindow, in scene: Scene) {
        guard request.filter == filter, window != self.window || request.anchor != .end else { return }
        // The user may have done something else while the whole log was searched.
        if case .match(let text, _, _) = request.anchor, !view.isLooking || text != view.search { return }
        let seen = view.firstLine(rows, in: scene.area)
        let place = self.place(seen)
        let match = view.match.flatMap { self.place($0) }
        let known = place.flatMap { place in window.lines.firstIndex { $0.place == place } }
        if request.anchor == .end, !view.isFollowing, known == nil, !rows.rows.isEmpty { return }
        if case .match = request.anchor, !window.isFound { return view.miss() }
        self.window = window
        rows = LogRows(window.lines.map { row($0, scene) }, isStart: window.isStart, isEnd: window.isEnd)
        let found = match.flatMap { match in window.lines.firstIndex { $0.place == match } }
        switch request.anchor {
        case .end where view.isFollowing: view.move(seen, to: nil, match: found)
        case .match: view.show(match: window.anchor, rows, in: scene.area)
        case .start, .time: view.show(line: window.anchor)
        case .end, .line:
            view.move(seen, to: known ?? (request.anchor == .end ? nil : window.anchor), match: found)
        }
    }

    /// Takes note that a window could not be read; returns whether there is none at all.
    mutating func miss() -> Bool {
        if view.isLooking { view.miss() }
        return window == nil
    }

    private func row(_ line: JobLogLine, _ scene: Scene) -> LogRow {
        let date = Date(timeIntervalSince1970: Double(line.place.time) / 1000)
        return LogRow(
            line.text.withShortLibraryPaths,
            time: line.place.time == 0 ? "" : scene.time.clock(date),
            source: line.place.source.label,
            sourceRole: Self.role(of: line.place.source),
            role: Self.role(of: line.level)
        )
    }

    private static func role(of source: JobLogSource) -> Role {
        let roles: [Role] = [.accent, .info, .success, .canceled, .title]
        return source.worker.map { roles[max(0, $0 - 1) % roles.count] } ?? .muted
    }

    private static func role(of level: JobLogLevel) -> Role {
        switch level {
        case .debug: .muted
        case .info: .logInfo
        case .warning: .logWarning
        case .error: .logError
        }
    }

    // MARK: Keys and commands

    mutating func handle(_ event: Event, in area: Rect) -> [Request]? {
        switch view.handle(event, rows, in: area) {
        case nil: nil
        case .used, .wantsEnd: []
        case .neared(let line): place(line).map { [.fetch(.jobLog(request(.line($0))))] } ?? []
        case .wantsStart: [.fetch(.jobLog(request(.start)))]
        case .searched(let isBackward):
            place(isBackward ? 0 : rows.rows.count - 1).map { place in
                [.fetch(.jobLog(request(.match(view.search, from: place, isBackward: isBackward))))]
            } ?? []
        }
    }

    /// The place of a line of the window.
    private func place(_ index: Int) -> JobLogLine.Place? {
        window.flatMap { $0.lines.indices.contains(index) ? $0.lines[index].place : nil }
    }

    /// The line that commands are about: the one found last, else the first one seen.
    private func line(in area: Rect) -> JobLogLine? {
        window.flatMap { window in
            let index = view.match ?? view.firstLine(rows, in: area)
            return window.lines.indices.contains(index) ? window.lines[index] : nil
        }
    }

    /// Carries out a command of a log.
    mutating func run(_ command: Command, in area: Rect) -> [Request] {
        switch command {
        case .chooseLogSource: [.offer(id: "source", picker)]
        case .chooseLogLevel: chooseNextLevel()
        case .filterLog: toggleMatches()
        case .openMiniBatch: openMiniBatch(of: line(in: area))
        default: []
        }
    }

    /// Why a command cannot be carried out; nil when it can.
    func refusal(of command: Command) -> String? {
        switch command {
        case .filterLog: view.search.isEmpty && filter.text.isEmpty ? "Search a text first (/)." : nil
        case .openMiniBatch: rows.rows.isEmpty ? "There is no line." : nil
        default: nil
        }
    }

    /// Opens the mini-batch that a line is about: by the number in it, else by its time and worker.
    private func openMiniBatch(of line: JobLogLine?) -> [Request] {
        guard let line else { return [] }
        let mark = "Mini-batch "
        if line.place.source.worker == nil || line.level == .error, line.text.hasPrefix(mark),
            let id = Int(line.text.dropFirst(mark.count).prefix { $0.isNumber })
        {
            return [.open(.miniBatch(job: job, id: id))]
        }
        return [.fetch(.miniBatchAt(job: job, time: line.place.time, worker: line.place.source.worker))]
    }

    /// Opens the mini-batch that was found, or says that there is none.
    static func open(_ id: Int?, of job: String) -> [Request] {
        guard let id else { return [.say(Toast("No mini-batch was scored then."))] }
        return [.open(.miniBatch(job: job, id: id))]
    }

    /// Shows only lines of the next level and above.
    private mutating func chooseNextLevel() -> [Request] {
        filter.level =
            switch filter.level {
            case .debug, .info: .warning
            case .warning: .error
            case .error: .debug
            }
        return ask()
    }

    /// Shows only lines with the search text, or all again.
    private mutating func toggleMatches() -> [Request] {
        filter.text = filter.text.isEmpty ? view.search : ""
        return ask()
    }

    /// Shows only lines of some origins.
    mutating func choose(_ sources: JobLogFilter.Sources) -> [Request] {
        filter.sources = sources
        return ask()
    }

    /// Shows the lines from a time on, of one worker if it is given.
    mutating func open(at time: Int, worker: Int?) -> [Request] {
        filter = JobLogFilter()
        if let worker { filter.sources = .worker(worker) }
        view.show(line: 0)
        return [.fetch(.jobLog(request(.time(time))))]
    }

    /// The lines around the first one seen, as the filter has changed; at the end the list of queries has changed anyway.
    private mutating func ask() -> [Request] {
        view.stopLooking()
        guard !view.isFollowing else { return [] }
        let place = place(view.topLine)
        return [.fetch(.jobLog(request(place.map { .line($0) } ?? .end)))]
    }

    // MARK: The choice of origins

    private var picker: Picker {
        var items = [
            PickerItem(id: "all", title: "All"),
            PickerItem(id: "executor", title: "Executor"),
            PickerItem(id: "scripts", title: "Scripts", detail: "all workers, without the executor"),
        ]
        items += workers.map { PickerItem(id: "\($0)", title: "Worker \($0)") }
        let selected =
            switch filter.sources {
            case .all: "all"
            case .executor: "executor"
            case .scripts: "scripts"
            case .worker(let worker): "\(worker)"
            }
        return Picker("Lines of", items, selected: selected)
    }

    /// The origins of an item that was picked.
    static func sources(picked id: String) -> JobLogFilter.Sources {
        switch id {
        case "executor": .executor
        case "scripts": .scripts
        default: Int(id).map { .worker($0) } ?? .all
        }
    }

    // MARK: Drawing

    func draw(in scene: Scene, on canvas: inout Canvas, emptyText: String) {
        view.draw(rows, in: scene.area, on: &canvas, theme: scene.theme, notes: notes)
        guard rows.rows.isEmpty else { return }
        let text = window == nil ? emptyText : noLinesText
        canvas.line(text, in: scene.area.inset(horizontal: 2, vertical: 1), style: scene.theme[.muted])
    }

    /// Why no lines are there, with what shows others.
    private var noLinesText: String {
        if filter == JobLogFilter() { return "No log yet." }
        var onlySources = JobLogFilter()
        onlySources.sources = filter.sources
        guard filter == onlySources else { return "No lines match the filter." }
        return switch filter.sources {
        case .all, .executor: "No log yet."
        case .scripts: "The scripts have printed nothing; s shows other lines."
        case .worker(let worker): "Worker \(worker) has printed nothing; s shows other lines."
        }
    }

    private var notes: [String] {
        var notes: [String] = []
        switch filter.sources {
        case .all: break
        case .executor: notes.append("executor only")
        case .scripts: notes.append("scripts only")
        case .worker(let worker): notes.append("worker \(worker) only")
        }
        switch filter.level {
        case .debug, .info: break
        case .warning: notes.append("warnings and errors")
        case .error: notes.append("errors only")
        }
        if !filter.text.isEmpty { notes.append("only lines with “\(filter.text)”") }
        return notes
    }
}
