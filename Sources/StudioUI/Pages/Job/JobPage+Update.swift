import BatchDomain
import BatchManifest
import TerminalKit

extension JobPage {
    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        if event.click(in: scene.area.row(0)) != nil {
            var tabs = tabs
            if case .opened(let index)? = tabs.handle(event, in: scene.area.row(0)) { open(Tab(rawValue: index)) }
            return []
        }
        let inside = inside(scene)
        switch tab {
        case .overview:
            guard let content else { return nil }
            let board = JobBoard(page: self, content: content)
            let place = board.places(in: inside.area).workers
            let before = workers
            let action = board.workerTable(inside).handle(event, &workers, in: place)
            return action == nil && before == workers ? nil : []
        case .log:
            return logView.handle(event, log, in: inside.area) ? [] : nil
        case .errors:
            return handleFailures(event, in: inside)
        case .outputs:
            switch outputs.handle(event, in: inside.area, columns: outputColumns(inside)) {
            case .opened(let file): return [.open(.output(job: name, file: file.path))]
            case .used: return []
            case nil: return nil
            }
        case .details:
            let area = inside.area.inset(horizontal: 2)
            return pane.handle(event, lineCount: detailLines(width: area.width).count, in: area) ? [] : nil
        }
    }

    private mutating func handleFailures(_ event: Event, in scene: Scene) -> [Request]? {
        let before = failureTable
        let action = failureWidget.handle(event, &failureTable, in: scene.area)
        failures.follow(cursor: failureTable.cursor, height: scene.area.height)
        if case .opened(let index) = action { return [.open(.failure(job: name, index: index))] }
        return action == nil && before == failureTable ? nil : []
    }

    private mutating func open(_ tab: Tab?) {
        guard let tab, tab != self.tab else { return }
        self.tab = tab
        pane = TextPane()
        writeDetails()
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .nextTab: open(Tab(rawValue: (tab.rawValue + 1) % Tab.allCases.count))
        case .previousTab: open(Tab(rawValue: (tab.rawValue + Tab.allCases.count - 1) % Tab.allCases.count))
        case .openOutput: return outputPath.map { [.read(file: $0)] } ?? []
        case .copy: return [.offer(id: "copy", copies.picker)]
        default: return content.flatMap { JobCommands($0.job).run(command) } ?? []
        }
        return []
    }

    /// The file that a pager shows: the chosen one where there is a list, the job's own otherwise.
    private var outputPath: String? {
        tab == .outputs ? outputs.selected?.path : content?.job.specification.output.file
    }

    func refusal(of command: Command) -> String? {
        switch command {
        case .sort, .reverseSort, .filter:
            return tab == .errors ? "Errors are listed in the order of the input." : nil
        case .open where tab == .errors:
            return failures.total ?? 0 == 0 ? "No file failed." : nil
        case .open where tab == .outputs:
            return outputs.selected == nil ? "There is no output yet." : nil
        case .openOutput:
            if tab == .outputs { return outputs.selected == nil ? "There is no output yet." : nil }
            guard let job = content?.job else { return "The job is not there." }
            if job.specification.output.fileName == nil { return "The script writes its own files; see Outputs." }
            return job.state == .completed ? nil : "The output file is written when the job completes."
        case .cancelJob, .resumeJob, .retryFailed, .cloneJob, .deleteJob, .copy:
            return content.map { JobCommands($0.job).refusal(of: command) } ?? "The job is not there."
        default:
            return nil
        }
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        question == "copy" ? copies.request(choice) : JobCommands.answer(question, choice)
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        if case .deleteJob = useCase { return JobCommands.finish(useCase, outcome) + [.back] }
        return JobCommands.finish(useCase, outcome) + [.fetch(.job(name))]
    }

    /// What can be copied here.
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
