import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Logging

/// The scoring of one job: its workers, what they are sent, and what their reports lead to.
struct JobScoring {
    /// The errors of workers by which a cluster's node can't score this job; their texts say all there is to say.
    private static let failuresOfNodes: Set<String> = ["StorageNotShared", "OutputNotShared", "NodeError"]

    /// How scoring ended.
    enum End {
        case scored
        case canceled
        case suspended
    }

    private let job: Job
    private let prepared: PreparedJob
    private let workspace: Workspace
    private let logs: JobLogs
    private let logger: Logger
    private let send: AsyncStream<JobEvent>.Continuation
    /// Stands still while the machine is asleep: nothing is scored then either, so no mini-batch may time out.
    private let clock = SuspendingClock()

    private var attempts: MiniBatchAttempts
    private var results: MiniBatchResults
    private var workers: JobWorkers
    private var preflight: Preflight
    private var pause = Pause()
    /// Attempts to reach the cluster of a paused job.
    private var reaching: Task<Void, Never>?
    /// Files that are to be scored whole, by their parts, with the reason: the database could not record it yet.
    private var wholeFiles: [Range<Int>: String] = [:]
    private var progress: ProgressReport
    private var nextMachineReport: SuspendingClock.Instant
    /// When the state of the workers is shown again: that of a thousand takes a while to write.
    private var nextStatus: SuspendingClock.Instant

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
        let folder = workspace.folder.job(job.name)
        attempts = MiniBatchAttempts(
            job: job,
            prepared: prepared,
            workspace: workspace,
            workers: wantedWorkers,
            logs: logs,
            logger: logger
        )
        results = MiniBatchResults(job: job, prepared: prepared, workspace: workspace, logs: logs) {
            send.yield(.committed($0))
        }
        workers = JobWorkers(
            wanted: min(wantedWorkers, max(1, attempts.unassigned)),
            of: job,
            prepared,
            in: workspace,
            logs: logs,
            logger: logger,
            clock: clock,
            events: send
        )
        preflight = Preflight(of: job, prepared, in: folder, miniBatch: attempts.next(), logs: logs)
        progress = ProgressReport(start: prepared.counts, at: clock.now)
        nextMachineReport = clock.now + .seconds(600)
        nextStatus = clock.now
    }

    /// Scores until all is journaled, or the job is to end.
    mutating func run(_ events: AsyncStream<JobEvent>) async throws -> End {
        try results.checkThreshold()
        logs.machine()
        if isFinished { return .scored }
        prepared.fetcher?.onEvent { [send] in send.yield(.fetcher($0)) }
        attempts.prefetch()
        startWorkers()
        for await event in events {
            switch event {
            case .cancel, .suspend:
                await results.flush()
                if case .cancel = event { return .canceled }
                return .suspended
            default:
                do {
                    try await handle(event)
                } catch let reason as PauseReason {
                    try await pause(for: reason)
                }
            }
            if isFinished { return .scored }
        }
        return .suspended
    }

    /// Has the workers end within a grace period, after which they are killed.
    mutating func stopWorkers(_ events: AsyncStream<JobEvent>, grace: Duration) async {
        // It would wait for room on the cluster, which an autoscaler then adds for no job.
        reaching?.cancel()
        if grace == .zero { await results.flush() }
        await workers.stop(events, grace: grace)
    }

    /// Checks the counts once all is scored.
    ///
    /// - Throws: ``JobFailure`` when no file was scored.
    func checkOutcome() throws { try results.checkOutcome() }

    private var isFinished: Bool { attempts.isDone && results.isComplete }

    private mutating func handle(_ event: JobEvent) async throws {
        switch event {
        case .worker(let number, let event): try await handle(event, of: number)
        case .workerStarted(let number, let result): try workers.started(number, result)
        case .workerEnclosed(let number, let group): workers.added(number, to: group)
        case .fetcher(let event): try handle(event)
        case .committed(let result): try committed(result)
        case .tick: try await tick()
        case .clusterReached: if pause.awaitsCluster { try await resume() }
        case .hostLoaded(let result): try await hostLoaded(result)
        case .prepared, .cancel, .suspend: break
        }
    }

    // MARK: Workers

    private mutating func startWorkers() {
        // On a full disk they would die at once; they are started when the job resumes.
        if !pause.isOn { workers.startMissing(for: attempts.unassigned) }
    }

    private mutating func handle(_ event: WorkerEvent, of number: Int) async throws {
        switch event {
        case .forked(let pid, let node): workers.forked(number, pid: pid, on: node)
        case .connected(let pid): workers.connected(number, pid: pid)
        case .message(let message): try await handle(message, of: number)
        case .ended(let reason, let lostItsHost, let signal):
            if signal == Int(SIGBUS) { attempts.releaseForTruncatedFiles(number) }
            try await workerEnded(number, reason: reason, lostItsHost: lostItsHost)
        }
    }

    private mutating func workerEnded(_ number: Int, reason: String, lostItsHost: Bool) async throws {
        let end = await workers.remove(number, reason: reason)
        // It was killed for one mini-batch, but had finished it and begun the next by then: no mini-batch is charged an attempt.
        let isLate = end.overdue != nil && end.overdue != attempts.current(of: number)
        let isCharged = !lostItsHost && !isLate
        if let record = attempts.workerEnded(end.origin, isCharged: isCharged, end.death.error, at: clock.now) {
            try await add(record, rows: 0, worker: number)
        }
        if preflight.isAsked(of: number) {
            try preflight.workerDied()
            if let worker = workers.ready.first { try startScoring(on: worker) }
        }
        if lostItsHost {
            try workers.hostDied(end.death)
        } else if !end.wasReady, !pause.isOn {
            try workers.diedEarly(end.death)
        }
        assignToAll()
        startWorkers()
    }

    // MARK: Messages of workers

    private mutating func handle(_ message: WorkerMessage, of number: Int) async throws {
        switch message {
        case .ready:
            attempts.add(worker: number, at: clock.now)
            workers.ready(number)
            try startScoring(on: number)
        case .fatal(let error):
            if Self.failuresOfNodes.contains(error.type) { throw JobFailure("\(error.message).") }
            logs.exception("init() failed. \(error.type): \(error.message)", traceback: error.traceback, worker: number)
            guard OutOfSpace.isCause(named: error.message) else {
                throw JobFailure("init() of the scoring script failed. \(error.type): \(error.message)")
            }
            throw PauseReason(
                "There is no space left for init(): \(error.message). The job resumes when there is free space."
            )
        case .checked(let checked):
            guard preflight.isAsked(of: number) else { break }
            try preflight.receive(checked)
            try await endPreflight(noting: checked.notes ?? [])
        case .failed(let id, let failed):
            attempts.add(failed, of: id, on: number)
        case .wholeFile(let id, let reason):
            guard attempts.current(of: number) == id, let parts = prepared.manifest.plan.parts(of: id) else { break }
            attempts.putBack(id, from: number, at: clock.now)
            if results.isSettled(id) {
                finishSettled()
                return assignToAll()
            }
            try await scoreWhole(parts, because: reason)
        case .part(let id, let part):
            attempts.begin(part, of: id, on: number, at: clock.now)
        case .done(let done):
            try await complete(done, on: number)
        case .error(let id, let error):
            if let record = attempts.attemptFailed(id, on: workers.origin(number), error, at: clock.now) {
                try await add(record, rows: 0, worker: number)
            }
            assignToAll()
        case .diskFull(let id, let message):
            attempts.putBack(id, from: number, at: clock.now)
            throw PauseReason("A worker can't write: \(message). The job resumes when it can.")
        case .heartbeat(let heartbeat):
            workers.heartbeat(number, heartbeat)
            attempts.progressed(number, heartbeat, at: clock.now)
        case .hello, .forked, .exited, .waiting, .bye:
            break
        }
    }

    private mutating func complete(_ done: WorkerMessage.Done, on number: Int) async throws {
        guard let scored = attempts.complete(done, on: number, at: clock.now) else { return assign(to: number) }
        workers.scored(number, rows: done.rows)
        assign(to: number)
        if results.isSettled(done.id) { return finishSettled() }
        if let parts = results.differingParts(done) {
            return try await scoreWhole(
                parts,
                because: "the model's predictions have other types for some rows than for others"
            )
        }
        let record: MiniBatchRecord?
        do {
            record = try results.record(of: scored, from: workers.origin(number))
        } catch  where OutOfSpace.isCause(of: error) {
            attempts.reopen(done.id)
            let cause = "Disk full: can't write the columns of the output. The job resumes when there is free space."
            throw PauseReason(cause)
        }
        guard let record else {
            attempts.reopen(done.id)
            assignToAll()
            return startWorkers()
        }
        try await add(record, rows: done.rows, worker: number)
    }

    /// Adds a finished mini-batch to the results; once the output's columns are fixed by it, they are sent to all workers.
    private mutating func add(_ record: MiniBatchRecord, rows: Int, worker: Int) async throws {
        attempts.finish(record.id)
        if results.isSettled(record.id) { return finishSettled() }
        let record = results.counted(record)
        attempts.skip(record.part?.settled ?? [])
        if let names = results.add(record, rows: rows, worker: worker) {
            workers.send(columns: names)
            try await reopenDiffering()
        }
        if attempts.isDone { results.hurry() }
        try results.checkThreshold(last: record.failures.last)
    }

    /// Ends a mini-batch that needs nothing because of other parts of its file.
    private func finishSettled() {
        if attempts.isDone { results.hurry() }
    }

    /// Has a file that is split scored whole; where that can't be recorded, once the job resumes.
    private mutating func scoreWhole(_ parts: Range<Int>, because reason: String) async throws {
        if !attempts.isWhole(parts.lowerBound) {
            wholeFiles[parts] = reason
            try await results.scoreWhole(parts)
            wholeFiles[parts] = nil
            attempts.scoreWhole(parts)
            let file = prepared.manifest.files(of: parts.lowerBound).first ?? ""
            logs.warning("\(file) is scored whole, not in \(parts.count) parts: \(reason).")
        }
        assignToAll()
        startWorkers()
    }

    private mutating func assign(to number: Int) {
        guard !pause.isOn, preflight.isDone else { return }
        workers.send(attempts.orders(for: number, at: clock.now), to: number)
    }

    private mutating func assignToAll() {
        for worker in workers.ready { assign(to: worker) }
    }

    // MARK: The input before it is scored

    private mutating func startScoring(on number: Int) throws {
        switch preflight.stage {
        case .done:
            assign(to: number)
        case .waiting:
            guard let bytes = preflight.bytes(isFetched: attempts.isFetched) else { return }
            preflight.ask(number, at: clock.now)
            workers.send(.check(id: 0, bytes: bytes, seconds: 0.5), to: number)
        case .asked, .noting:
            break
        }
    }

    private mutating func handle(_ event: FetcherEvent) throws {
        switch event {
        case .fetched(let id, let failed):
            attempts.fetched(id)
            guard case .waiting = preflight.stage else { return assignToAll() }
            guard try preflight.fetched(id, failed: failed, next: attempts.next(after: id)) else { return }
            preflight.isDone ? assignToAll() : try workers.ready.first.map { try startScoring(on: $0) }
        case .waiting(let message):
            logs.warning(message)
        case .failed(let type, let message):
            throw JobFailure("The files of the input can't be fetched. \(type): \(message)")
        case .ended(let reason):
            logs.warning("The process that downloads files \(reason); another one continues.")
            try attempts.restartFetcher(after: reason)
        case .listed:
            break
        }
    }

    /// Begins to score once the notes of the check are on the job.
    private mutating func endPreflight(noting notes: [String]) async throws {
        do {
            for note in try await workspace.addNotes(notes, to: job.name) { logs.warning(note) }
        } catch let error as StudioError {
            throw error
        } catch {
            preflight.note(notes)
            throw PauseReason("The job's notes can't be recorded: \(error). The job resumes when they can.")
        }
        preflight.finish()
        assignToAll()
    }

    // MARK: The journal, and pauses

    private mutating func committed(_ result: Result<JobCounts, any Error>) throws {
        results.committed(result)
        switch result {
        case .success: pause.madeProgress()
        case .failure(let lost as LostRows): try abandon(lost)
        case .failure(let error as StudioError) where error.code == .notFound: throw error
        case .failure(let displaced as WorkspaceDisplaced): throw displaced
        case .failure(let error):
            throw PauseReason("Finished mini-batches can't be recorded: \(error). The job resumes when they can.")
        }
    }

    /// A file that a disk refused once is not trusted later: its workers end, and its mini-batches are scored again into new files.
    private mutating func abandon(_ lost: LostRows) throws {
        logger.error(
            "Rows can't be made durable: \(lost.error) They are scored again.",
            metadata: ["miniBatches": "\(lost.miniBatches.count)"]
        )
        logs.systemError(
            "The rows of \(lost.miniBatches.count) mini-batches can't be made durable: \(lost.error) They are scored again."
        )
        for id in results.remove(lost) { attempts.reopen(id) }
        for number in workers.killWriters(of: lost.files) { attempts.release(number) }
        if OutOfSpace.isCause(of: lost.error) {
            throw PauseReason("There is no space left for rows. The job resumes when there is free space.")
        }
        assignToAll()
        startWorkers()
    }

    /// Has the mini-batches scored again that have other columns than the output.
    private mutating func reopenDiffering() async throws {
        let ids = try await results.removeDiffering()
        if ids.isEmpty { return }
        for id in ids { attempts.reopen(id) }
        assignToAll()
        startWorkers()
    }

    private mutating func pause(for reason: PauseReason) async throws {
        if pause.isOn { return }
        logger.warning("The job is Paused. \(reason)")
        logs.systemError("\(reason)")
        // The database may lie on the full disk too: then the job waits all the same, and says so in its log alone.
        let isRecorded = try await workspace.setStateIfPossible(of: job.name, to: .paused, cause: "\(reason)")
        pause.begin(at: clock.now, isRecorded: isRecorded, awaitsCluster: reason.isOfCluster)
    }

    /// Attempts to reach the cluster again; the job stays Paused until it is there.
    private mutating func reachCluster() {
        pause.attempt()
        let limit = HostLaunch.loadingTime(timeout: job.specification.settings.timeout)
        reaching?.cancel()
        reaching = Task { [host = prepared.host, log = logs.beginHostLog(), logs, send] in
            let result: Result<Void, any Error>
            do {
                let loaded = try await host.warmUp(log: log, within: limit) { waiting in
                    logs.info(waiting.reason)
                    // The job waits for room from now on, as any other does; without nodes it stays Paused.
                    if waiting.hasNodes == true { send.yield(.clusterReached) }
                }
                result = .success(_ = loaded)
            } catch {
                result = .failure(error)
            }
            send.yield(.hostLoaded(result))
        }
    }

    private mutating func hostLoaded(_ result: Result<Void, any Error>) async throws {
        guard pause.isOn else { return }
        switch result {
        case .success: try await resume()
        case .failure(_ as ClusterUnreachable):
            pause.begin(at: clock.now, isRecorded: pause.isRecorded, awaitsCluster: true)
        case .failure(let error) where OutOfSpace.isCause(of: error):
            logs.systemError(OutOfSpace.cause(of: error))
            pause.begin(at: clock.now, isRecorded: pause.isRecorded, awaitsCluster: true)
        case .failure(let error): throw error
        }
    }

    private mutating func resume() async throws {
        if pause.isRecorded {
            guard try await workspace.setStateIfPossible(of: job.name, to: .running) else {
                return pause.begin(at: clock.now, isRecorded: true)
            }
        }
        pause.end()
        logger.info("The job resumes.")
        logs.info("The job resumes.")
        results.retry()
        for (parts, reason) in wholeFiles { try await scoreWhole(parts, because: reason) }
        try await reopenDiffering()
        if case .noting(let notes) = preflight.stage { try await endPreflight(noting: notes) }
        assignToAll()
        startWorkers()
    }

    // MARK: Time

    private mutating func tick() async throws {
        let now = clock.now
        try killLate(at: now)
        if pause.isOver(at: now), DiskSpace.isEnough(at: workspace.folder.path) {
            if pause.awaitsCluster { reachCluster() } else { try await resume() }
        }
        var news: [WorkerStatus]?
        if now >= nextStatus {
            news = workers.news { attempts.work(of: $0, at: now) }
            nextStatus = now + .milliseconds(workers.shown.count)
        }
        if let line = progress.line(JobProgress(results.journaledCounts, UnfinishedWork(workers.shown)), at: now) {
            logs.overview(line)
            logs.flush()
        }
        if now >= nextMachineReport {
            logs.machine()
            nextMachineReport = now + .seconds(600)
        }
        if let status = news {
            // Shown only: nothing depends on it, and a full disk must not end the job here.
            try? await workspace.setWorkers(status, of: job.name)
        }
    }

    /// Kills the workers that are beyond a limit of time or memory.
    private mutating func killLate(at now: SuspendingClock.Instant) throws {
        let timeout = Duration.seconds(job.specification.settings.timeout)
        for worker in attempts.overdue(after: timeout, at: now) {
            workers.killOverdue(worker, miniBatch: attempts.current(of: worker))
        }
        workers.killBeyondMemoryLimit()
        if case .asked(of: let worker, let since) = preflight.stage, since.duration(to: now) > timeout {
            workers.kill(worker)
        }
        try workers.checkInit(at: now)
    }
}
