import BatchDomain
import TerminalKit

/// All jobs of the workspace, the newest first.
struct JobsPage: Page {
    private var jobs = JobTable()
    private var batch = JobBatch()
    private var again = RunAgain()
    private var baseline = BaselineQuestion()

    let route = Route.section(.jobs)
    var title: String { jobs.showsArchived ? "Jobs, archived" : "Jobs" }
    var contexts: [KeyContext] { [.jobs, .list, .table] }
    var hasPreview: Bool { true }
    var preview: Preview? { jobs.selected.map { .job($0) } }
    var isTyping: Bool { jobs.isTyping }
    var queries: [Query] { [.jobs(jobs.listing)] }
    var isMoving: Bool { jobs.isMoving }
    var memory: PageMemory { jobs.memory }

    mutating func restore(_ memory: PageMemory) {
        jobs.restore(memory)
    }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        switch content {
        case .jobs(let listing, let page): jobs.receive(listing, page, height: scene.area.height)
        case .jobNames(let listing, let names): jobs.toggleAll(names, of: listing)
        case .jobsNamed(let found): return batch.receive(found)
        case .report(let file): return JobCommands.show(report: file)
        case .job(let job): return again.receive(job)
        case .endpoint(let endpoint, _): return baseline.receive(endpoint)
        default: break
        }
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        if case .jobs = query { jobs.miss(failure) } else { false }
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        jobs.handle(event, in: scene)
    }

    func refusal(of command: Command) -> String? {
        jobs.refusal(of: command)
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .showArchived:
            jobs.toggleArchived()
            return []
        case .chooseColumns: return jobs.offerColumns(scene)
        case .compareJobs:
            return jobs.comparedJobs.map { [.open(.comparison(first: $0.first, second: $0.second))] } ?? []
        case .archive:
            let changes = jobs.targets.map { UseCase.archiveJob($0, !jobs.showsArchived) }
            return changes.count == 1 ? [.perform(changes[0])] : [.perform(.each(changes))]
        default:
            if !jobs.marks.isEmpty, JobBatch.takes(command) { return batch.begin(command, jobs.targets) }
            if command == .runAgain { return again.begin(jobs.selected) }
            if command == .setBaseline { return baseline.begin(jobs.selected) }
            return jobs.selected.flatMap { JobCommands($0).show(command) ?? JobCommands($0).run(command) } ?? []
        }
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        jobs.answer(question, choice) ?? batch.answer(question, choice) ?? again.answer(question, choice)
            ?? baseline.answer(question, choice) ?? JobCommands.answer(question, choice)
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        if let requests = RunAgain.finish(useCase, outcome) { return requests }
        if let toast = JobBatch.finish(useCase, outcome) {
            jobs.clearMarks()
            return [.say(toast), .fetch(.jobs(jobs.listing))]
        }
        if let toast = BaselineQuestion.finish(useCase) { return [.say(toast), .fetch(.jobs(jobs.listing))] }
        return JobCommands.finish(useCase, outcome) + [.fetch(.jobs(jobs.listing))]
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        jobs.draw(in: scene, on: &canvas)
    }
}

extension JobTable {
    /// Why a command of the table or of the chosen job cannot be carried out.
    func refusal(of command: Command) -> String? {
        if !marks.isEmpty, command == .archive || JobBatch.takes(command) { return nil }
        return switch command {
        case .compareJobs: comparedJobs == nil ? "Mark two jobs with space to compare them." : nil
        case .nextMatch, .previousMatch: table.filter.isEmpty ? "Press / to filter first." : nil
        case .open, .runAgain, .showResults, .showLog, .cancelJob, .resumeJob, .retryFailed, .cloneJob, .deleteJob,
            .archive, .copy, .setBaseline, .writeReport:
            selected.map { JobCommands($0).refusal(of: command) } ?? "There is no job here."
        default: nil
        }
    }
}
