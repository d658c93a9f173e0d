import BatchDomain
import FoundationEssentials
import TerminalKit

/// The log of a job from a time on: what a worker printed while it scored a mini-batch.
struct JobLogPage: Page, LogReader {
    let job: String
    /// The time in milliseconds since 1970; nil for the end.
    let time: Int?
    /// The worker whose lines are shown; nil for all.
    let worker: Int?
    private var log: JobLogPane
    /// Why there is nothing to show.
    private var failure: Failure?

    init(job: String, time: Int?, worker: Int?) {
        self.job = job
        self.time = time
        self.worker = worker
        log = JobLogPane(job: job)
    }

    var route: Route { .jobLog(job: job, time: time, worker: worker) }
    var title: String { "Log" }
    var contexts: [KeyContext] { [.log] }
    var isTyping: Bool { log.isTyping }
    var queries: [Query] { log.queries }
    var subscriptions: Set<Subscription> { [.log(job: job, attempt: 0)] }

    mutating func appear() -> [Request] { time.map { log.open(at: $0, worker: worker) } ?? [] }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        switch content {
        case .jobLog(let request, let window):
            log.receive(request, window, in: scene)
            failure = nil
        case .miniBatchAt(_, let id): return JobLogPane.open(id, of: job)
        default: break
        }
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        guard case .jobLog = query, log.miss() else { return false }
        self.failure = failure
        return true
    }

    mutating func receive(_ message: Message) -> [Request] {
        if case .logGrew = message { return log.growth }
        return []
    }

    func refusal(of command: Command) -> String? { log.refusal(of: command) }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] { log.run(command, in: scene.area) }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        log.choose(JobLogPane.sources(picked: choice))
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? { log.handle(event, in: scene.area) }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        if let failure { return scene.drawMissing(failure, on: &canvas) }
        log.draw(in: scene, on: &canvas, emptyText: "Loading…")
    }
}
