import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Glibc
import Logging

/// The workers of a job that is scored: their start, their control groups, the segment files that they write, their limits.
struct JobWorkers {
    /// The end of a worker.
    struct End {
        /// The worker.
        let origin: ResultOrigin
        let death: WorkerDeath
        /// True when it had run `init()`.
        let wasReady: Bool
        /// The mini-batch that it was killed for because that took too long.
        let overdue: Int?
    }

    private let job: Job
    private let prepared: PreparedJob
    private let workspace: Workspace
    private let logs: JobLogs
    private let logger: Logger
    private let events: AsyncStream<JobEvent>.Continuation
    private let clock: SuspendingClock
    private let generation = UUID().uuidString.prefix(8).lowercased()

    private var pool: WorkerPool
    private var groups: WorkerGroups
    /// The output's columns, once they are fixed.
    private var columns: [String]?
    /// Workers that `start` was sent to.
    private var startedJob: Set<Int> = []
    private var hostDeaths = 0
    /// The state that was shown last.
    private(set) var shown: [WorkerStatus] = []

    /// - Parameters:
    ///   - wanted: Maximum number of workers.
    ///   - job: The job.
    ///   - prepared: How it is scored.
    ///   - workspace: The workspace of the job.
    ///   - logs: Its logs.
    ///   - logger: The executor's log.
    ///   - clock: The clock of deadlines.
    ///   - events: Receives what happens to workers.
    init(
        wanted: Int,
        of job: Job,
        _ prepared: PreparedJob,
        in workspace: Workspace,
        logs: JobLogs,
        logger: Logger,
        clock: SuspendingClock,
        events: AsyncStream<JobEvent>.Continuation
    ) {
        self.job = job
        self.prepared = prepared
        self.workspace = workspace
        self.logs = logs
        self.logger = logger
        self.clock = clock
        self.events = events
        columns = prepared.columns.names
        pool = WorkerPool(wanted: wanted, gpus: prepared.gpus, isRemote: prepared.launch.isRemote)
        groups = WorkerGroups(of: job, in: workspace.folder, isRemote: prepared.launch.isRemote, send: events)
    }

    /// Workers that have run `init()`.
    var ready: [Int] { pool.readyNumbers }

    /// A worker as the origin of results.
    func origin(_ number: Int) -> ResultOrigin {
        ResultOrigin(worker: number, pid: pool.pid(of: number), segment: segmentName(of: number))
    }

    func send(_ message: ExecutorMessage, to number: Int) { send([message], to: number) }

    func send(_ messages: [ExecutorMessage], to number: Int) {
        if !messages.isEmpty { pool[number]?.send(messages) }
    }

    /// Kills a worker and all that it started; its end is reported.
    func kill(_ number: Int) {
        pool[number]?.kill()
    }

    /// Sends all workers the output's columns, which are fixed now.
    mutating func send(columns names: [String]) {
        columns = names
        for number in startedJob { send(.columns(names), to: number) }
    }

    // MARK: From start to end

    /// Starts the workers that are missing for the unassigned mini-batches.
    mutating func startMissing(for unassigned: Int) {
        pool.startMissing(for: unassigned, on: prepared.host, logs, at: workspace.now(), events)
    }

    mutating func started(_ number: Int, _ result: Result<Worker, any Error>) throws {
        switch result {
        case .success(let worker):
            pool.started(worker)
            logger.debug("A worker is started.", metadata: ["worker": "\(number)"])
            sendJob(to: number)
        case .failure(let error):
            pool.remove(number)
            if pool.isCanceled(number) { return }
            if let unreachable = error as? ClusterUnreachable {
                pool.cancelStarts()
                throw PauseReason(unreachable)
            }
            guard OutOfSpace.isCause(of: error) else { throw error }
            throw PauseReason("There is no space left for a worker: \(error) The job resumes when there is free space.")
        }
    }

    mutating func forked(_ number: Int, pid: Int, on node: String?) {
        if let node { pool.forked(number, on: node) }
        groups.add(number, named: segmentName(of: number), pid: pid)
    }

    mutating func connected(_ number: Int, pid: Int) {
        forked(number, pid: pid, on: nil)
        pool.connected(number, pid: pid, at: workspace.now(), clock.now)
        logger.info("A worker has connected.", metadata: ["worker": "\(number)", "pid": "\(pid)"])
        for gpu in pool.gpus(of: number) { logs.info("Worker \(number) has GPU \(gpu).") }
        sendJob(to: number)
    }

    /// Takes the control group that a worker is in now; nil when the system refused it one.
    mutating func added(_ number: Int, to group: ControlGroup?) {
        if groups.assign(number, in: group) { sendJob(to: number) }
    }

    mutating func ready(_ number: Int) {
        pool.ready(number, at: workspace.now())
    }

    mutating func heartbeat(_ number: Int, _ heartbeat: WorkerMessage.Heartbeat) {
        pool.heartbeat(number, heartbeat)
    }

    /// Notes that a worker has scored a mini-batch: its host lives.
    mutating func scored(_ number: Int, rows: Int) {
        hostDeaths = 0
        pool.scored(number, rows: rows)
    }

    /// Removes a worker whose process has ended, and what it has left behind.
    mutating func remove(_ number: Int, reason: String) async -> End {
        let excess = pool.memoryExcess(of: number).map { "held \($0)" }
        let killedForMemory = await groups.end(number)
        let origin = origin(number)
        let removed = pool.remove(number)
        startedJob.remove(number)
        let death = WorkerDeath(
            reason: reason,
            memory: excess ?? killedForMemory,
            isOverdue: removed?.overdue != nil,
            timeout: job.specification.settings.timeout
        )
        logger.warning("A worker \(death).", metadata: ["worker": "\(number)", "pid": "\(origin.pid)"])
        logs.systemError("Worker \(number) \(death).")
        return End(origin: origin, death: death, wasReady: removed?.isReady == true, overdue: removed?.overdue)
    }

    /// Counts a worker that ended with its host.
    ///
    /// A host that dies again and again while nothing gets done is killed by what its workers do, though it is unknown which.
    mutating func hostDied(_ death: WorkerDeath) throws {
        hostDeaths += 1
        if hostDeaths > 5 * max(1, pool.size) {
            throw JobFailure(
                "\(prepared.launch.isRemote ? "Nodes, or the driver of the cluster, end" : "The process that workers are forked from ends") "
                    + "again and again: a worker \(death.reason). Nothing was scored in between; see logs/sys/host.txt."
            )
        }
    }

    /// Counts a worker that died before `init()` was through.
    mutating func diedEarly(_ death: WorkerDeath) throws {
        // Without an inode for its logs a worker dies before it can report anything.
        guard DiskSpace.isEnough(at: workspace.folder.path) else {
            let cause =
                "There is no space left for a worker, which \(death.reason). The job resumes when there is free space."
            throw PauseReason(cause)
        }
        try pool.diedEarly(reason: death.reason)
    }

    /// Kills the workers that write segment files which the disk refused, and returns them.
    mutating func killWriters(of segments: Set<String>) -> [Int] {
        let writers = pool.numbers.filter { segments.contains(segmentName(of: $0)) }
        for number in writers {
            pool.takeOffWork(number)
            kill(number)
        }
        return writers
    }

    /// Has all workers end within a grace period, after which they are killed.
    mutating func stop(_ jobEvents: AsyncStream<JobEvent>, grace: Duration) async {
        let request = await pool.stop(jobEvents, grace: grace, on: clock)
        await groups.endAll()
        // Whoever reads the events next is to know of it.
        if let request { events.yield(request) }
    }

    /// Sends a worker its job, once its process is known, connected and in its group: whichever comes last.
    private mutating func sendJob(to number: Int) {
        guard pool.isConnected(number), groups.isAssigned(number), let worker = pool[number] else { return }
        let folder = workspace.folder.job(job.name)
        let (segment, metrics) = (segmentName(of: number), logs.metrics(of: number))
        worker.send(.start(.init(of: job, prepared, in: folder, segment: segment, metrics: metrics)))
        if let columns { worker.send(.columns(columns)) }
        startedJob.insert(number)
    }

    /// A segment file has one writer ever: a number is not used again, and another executor has another generation.
    private func segmentName(of number: Int) -> String { "\(generation)-\(number)" }

    // MARK: Limits

    /// Kills a worker for the mini-batch that it scores, which takes too long.
    mutating func killOverdue(_ number: Int, miniBatch: Int?) {
        pool.markOverdue(number, miniBatch: miniBatch)
        kill(number)
    }

    /// Kills the workers that hold more memory than they may.
    mutating func killBeyondMemoryLimit() {
        guard let limit = job.specification.settings.memoryLimitPerWorker else { return }
        for (worker, children) in pool.markBeyond(limit, in: groups.current) {
            kill(worker)
            // Those in sessions of their own are not of its group.
            for child in children { Glibc.kill(pid_t(child), SIGKILL) }
        }
    }

    /// Fails the job when the `init()` of a worker takes too long.
    func checkInit(at now: SuspendingClock.Instant) throws {
        let limit = HostLaunch.loadingTime(timeout: job.specification.settings.timeout)
        guard let late = pool.lateForInit(after: limit, at: now) else { return }
        kill(late)
        throw JobFailure(
            "init() of the scoring script has not ended after \(limit.components.seconds) seconds, which are 3 times "
                + "retry_settings.timeout and 30. Raise the timeout, or see logs/user/stdout and stderr for what it waits for."
        )
    }

    /// The shown state of the workers, when it has changed since the last call.
    mutating func news(work: (Int) -> WorkerPool.Work?) -> [WorkerStatus]? {
        guard pool.hasNews else { return nil }
        shown = pool.status(at: workspace.now(), work)
        return shown
    }
}
