import BatchDomain
import TerminalKit

/// All jobs of the workspace, the newest first.
struct JobsPage: Page {
    private var jobs = JobTable()

    let route = Route.section(.jobs)
    var title: String { jobs.showsArchived ? "Jobs, archived" : "Jobs" }
    var contexts: [KeyContext] { [.jobs, .table] }
    var isTyping: Bool { jobs.isTyping }
    var queries: [Query] { [.jobs(jobs.listing)] }
    var isMoving: Bool { jobs.isMoving }
    var memory: PageMemory { jobs.memory }

    mutating func restore(_ memory: PageMemory) {
        jobs.restore(memory)
    }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .jobs(let listing, let page) = content { jobs.receive(listing, page) }
        return []
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
        case .archive:
            return jobs.selected.map { [.perform(.archiveJob($0.name, !jobs.showsArchived))] } ?? []
        default:
            return jobs.selected.flatMap { JobCommands($0).run(command) } ?? []
        }
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        JobCommands.answer(question, choice)
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        JobCommands.finish(useCase, outcome) + [.fetch(.jobs(jobs.listing))]
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        jobs.draw(in: scene, on: &canvas)
    }
}

extension JobTable {
    /// Why a command of the table or of the chosen job cannot be carried out.
    func refusal(of command: Command) -> String? {
        switch command {
        case .sort, .reverseSort: "Jobs are listed in the order in which they were submitted, the newest first."
        case .open, .cancelJob, .resumeJob, .retryFailed, .cloneJob, .deleteJob, .archive:
            selected.map { JobCommands($0).refusal(of: command) } ?? "There is no job here."
        default: nil
        }
    }
}
