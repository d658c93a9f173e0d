import BatchDomain
import BatchWorkers
import BatchWorkspace
import Logging
import Foundation

/// The scoring of one job: hands out mini-batches, hears what became of them, has them journaled.
struct JobScoring {
    /// How scoring ended.
    enum End {
        case scored
        case canceled
        case suspended
    }

    let job: Job
    let prepared: PreparedJob
    let workspace: Workspace
    let logs: JobLogs
    let logger: Logger
    let send: AsyncStream<JobEvent>.Continuation
    let journal: Journal
    let generation = UUID().uuidString.prefix(8).lowercased()
    /// Stands still while the machine is asleep: nothing is scored then either, so no mini-batch may time out.
    let clock = SuspendingClock()

    var scheduler: MiniBatchScheduler
    var crew: WorkerCrew
    var counts: JobCounts
    /// What was heard of, before it is journaled.
    var heard: JobCounts
    /// Segment files that the disk refused: rows in them are lost.
    var abandoned: Set<String> = []
    var hostDeaths = 0
    var nextLookAtMachine: SuspendingClock.Instant
    var firstFailure: FileFailure?
    var preflight = Preflight.waiting
    /// Workers that died while they checked the input.
    var preflightDeaths = 0
    /// The mini-batch whose files are checked where files are fetched.
    var preflightMiniBatch: Int?
    var pause = Pause()
    var progress: ProgressReport
    /// Where the files are fetched; nil where they are on this machine.
    var window: InputWindow?
    var bisections: [Int: Bisection] = [:]
    /// Files over which workers ended since they were cut short, of each mini-batch.
    var truncatedFiles: [Int: Set<String>] = [:]
    /// What workers have said so far of the mini-batch that they score.
    var partInWork: [Int: (id: Int, part: Range<Int>)] = [:]
    var failedSoFar: [Int: (id: Int, failed: [WorkerMessage.FailedFile])] = [:]
    let columnRule: ColumnRule
    var columns: OutputColumns
    /// Failed files of mini-batches that have rows, as long as the output's columns are not fixed.
    var undecidedFailures: Int
    /// Finished mini-batches that are to be scored again for their columns.
    var reopening: Set<Int> = []
    /// Mini-batches that were given out again for their columns.
    var scoredAgain: Set<Int> = []
    var receivedCommits = 0
    /// Commits whose counts are of a time before mini-batches were taken out of the journal.
    var staleCommits = 0
    /// Workers that `start` was sent to.
    var startedJob: Set<Int> = []
    /// Where workers get control groups; nil where the system has none for them.
    let controlGroups = ControlGroups.current()
    var enclosures: [Int: Enclosure] = [:]

    /// How far a worker is on its way into a control group.
    enum Enclosure {
        case begun(Task<ControlGroup?, Never>)
        /// Nil when the system refused it one.
        case done(ControlGroup?)
    }

    /// The check of the input's columns before the first mini-batch.
    enum Preflight {
        case waiting
        case asked(of: Int, since: SuspendingClock.Instant)
        /// Carried out; its notes wait for space.
        case noting([String])
        case done
    }

    init(
        job: Job,
        prepared: PreparedJob,
        workspace: Workspace,
        wantedWorkers: Int,
        logs: JobLogs,
        logger: Logger,
        send: AsyncStream<JobEvent>.Continuation
    ) {
        self.job = job
        self.prepared = prepared
        self.workspace = workspace
        self.logs = logs
        self.logger = logger
        self.send = send
        counts = prepared.counts
        firstFailure = prepared.firstFailure
        heard = prepared.counts
        nextLookAtMachine = clock.now + .seconds(600)
        scheduler = MiniBatchScheduler(
            count: prepared.manifest.plan.count,
            finished: prepared.finished,
            maxTries: job.specification.settings.attempts
        )
        crew = WorkerCrew(wanted: min(wantedWorkers, max(1, scheduler.unassigned)))
        progress = ProgressReport(start: prepared.counts, at: clock.now)
        journal = Journal(
            workspace: workspace,
            job: job.name,
            segments: workspace.folder.job(job.name).segments
        ) { send.yield(.committed($0)) }
        window = prepared.fetcher.map { InputWindow($0, plan: prepared.manifest.plan, workers: wantedWorkers) }
        scheduler.available = window?.ready
        columnRule = ColumnRule(job.specification)
        columns = prepared.columns
        undecidedFailures = columnRule == .first ? prepared.undecidedFailures : 0
        if prepared.check == .none { preflight = .done }
        preflightMiniBatch = scheduler.upcoming(1).first
    }

    /// Scores until all is journaled, or the job is to end.
    mutating func run(_ events: AsyncStream<JobEvent>) async throws -> End {
        try checkThreshold()
        logs.machine()
        if isFinished { return .scored }
        prepared.fetcher?.onEvent { [send] in send.yield(.fetcher($0)) }
        askAhead()
        startWorkers()
        for await event in events {
            switch event {
            case .worker(let number, let event): try await handle(event, of: number)
            case .workerStarted(let number, let result): try await workerStarted(number, result)
            case .workerEnclosed(let number, let group): enclosed(number, in: group)
            case .fetcher(let event): try handle(event)
            case .committed(let result): try await committed(result)
            case .tick: try await tick()
            case .cancel, .suspend:
                await journal.flush()
                if case .cancel = event { return .canceled }
                return .suspended
            case .prepared: break
            }
            if isFinished { return .scored }
        }
        return .suspended
    }

    /// Has the workers end, within a time of grace, after which they are killed.
    mutating func stopWorkers(_ events: AsyncStream<JobEvent>, grace: Duration) async {
        if grace == .zero { await journal.flush() }
        crew.cancelStarts()
        if grace == .zero {
            crew.forEach { $0.kill() }
        } else {
            // One that has not run init() yet comes too late to be told its job, and without that it would wait for ever.
            crew.forEach { crew.isReady($0.number) ? $0.send(.stop) : $0.kill() }
        }
        var deadline = clock.now + grace
        var unheard: JobEvent?
        // Whoever reads the events next is to know of it.
        defer { if let unheard { send.yield(unheard) } }
        if crew.isEmpty { return await endGroups() }
        for await event in events {
            switch event {
            case .worker(let number, .ended): crew.remove(number)
            case .workerStarted(_, .success(let worker)):
                crew.started(worker)
                worker.kill()
            case .workerStarted(let number, .failure): crew.remove(number)
            case .cancel, .suspend:
                unheard = event
                deadline = min(deadline, clock.now)
            default: break
            }
            if clock.now >= deadline { crew.forEach { $0.kill() } }
            if crew.isEmpty || clock.now > deadline + .seconds(5) { break }
        }
        crew.forEach { $0.kill() }
        await endGroups()
    }

    /// Judges the counts once all is scored.
    ///
    /// - Throws: ``JobFailure`` when nothing was scored, which Azure takes for a failure too.
    func checkOutcome() throws {
        logs.overview("All \(counts.miniBatches ?? 0) mini batches have been processed.")
        logs.overview("\(JobSummary(counts, threshold: job.specification.settings.errorThreshold))")
        if counts.succeededFiles == 0, let failure = firstFailure {
            throw JobFailure(
                "No file was scored: all \(counts.failedFiles) files failed. "
                    + "The first, \(failure.file): \(failure.type): \(failure.message)"
            )
        }
    }

    var isFinished: Bool {
        scheduler.isDone && reopening.isEmpty && counts.finishedMiniBatches >= prepared.manifest.plan.count
    }
}
