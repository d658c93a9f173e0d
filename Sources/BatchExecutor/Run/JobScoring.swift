import BatchDomain
import BatchWorkers
import BatchWorkspace
import Logging
import Foundation

/// The scoring of one job: assigns mini-batches, receives their results and journals them.
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
    var pool: WorkerPool
    var counts: JobCounts
    /// Results that are received and not yet journaled.
    var heard: JobCounts
    /// Segment files that the disk refused: rows in them are lost.
    var abandoned: Set<String> = []
    var hostDeaths = 0
    var nextLookAtMachine: SuspendingClock.Instant
    var firstFailure: FileFailure?
    var preflight: Preflight
    var pause = Pause()
    var progress: ProgressReport
    /// Where the files are fetched; nil where they are on this machine.
    var window: InputWindow?
    var partial = PartialResults()
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
    var groups: WorkerGroups

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
            maxAttempts: job.specification.settings.attempts
        )
        pool = WorkerPool(wanted: min(wantedWorkers, max(1, scheduler.unassigned)))
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
        preflight = Preflight(isNeeded: prepared.check != .none, miniBatch: scheduler.upcoming(1).first)
        groups = WorkerGroups(of: job, in: workspace.folder, send: send)
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
            case .workerEnclosed(let number, let group):
                if groups.settle(number, in: group) { tellJob(to: number) }
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
        pool.cancelStarts()
        if grace == .zero {
            pool.forEach { $0.kill() }
        } else {
            // One that has not run init() yet gets no job any more, and would wait forever for it.
            pool.forEach { pool.isReady($0.number) ? $0.send(.stop) : $0.kill() }
        }
        var deadline = clock.now + grace
        var unheard: JobEvent?
        // Whoever reads the events next is to know of it.
        defer { if let unheard { send.yield(unheard) } }
        if pool.isEmpty { return await groups.endAll() }
        for await event in events {
            switch event {
            case .worker(let number, .ended): pool.remove(number)
            case .workerStarted(_, .success(let worker)):
                pool.started(worker)
                worker.kill()
            case .workerStarted(let number, .failure): pool.remove(number)
            case .cancel, .suspend:
                unheard = event
                deadline = min(deadline, clock.now)
            default: break
            }
            if clock.now >= deadline { pool.forEach { $0.kill() } }
            if pool.isEmpty || clock.now > deadline + .seconds(5) { break }
        }
        pool.forEach { $0.kill() }
        await groups.endAll()
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
