package import BatchDomain
package import BatchWorkers
import BatchWorkspace
import Foundation
import Logging
import SystemKit

/// Provides the Python interpreter of an environment with a process's variables, telling what it does line by line.
package typealias EnvironmentProvider =
    @Sendable (
        _ request: EnvironmentRequest, _ variables: [String: String], _ report: @escaping @Sendable (String) -> Void
    ) async throws -> String

extension EnvironmentBuilder {
    /// Takes the environment that was built before.
    package static let existing: ExistingEnvironmentProvider = { request, variables in
        EnvironmentBuilder(variables: variables).existing(for: request)?.python
    }

    /// Builds the environment, or takes the one that was built before.
    package static let provide: EnvironmentProvider = { request, variables, report in
        try await EnvironmentBuilder(variables: variables).environment(for: request, report: report).python
    }
}

/// Runs the queue of a workspace: jobs in the order of their submission, as many at a time as there are cores for.
actor Executor {
    /// The events of the executor.
    enum Event: Sendable {
        /// A face changed something.
        case wake
        /// A job has ended, or is back in the queue, if that could be recorded.
        case ended(job: String, isRecorded: Bool)
        /// It is time to take up a job again whose end could not be recorded.
        case retry(job: String)
        /// Nothing has happened for a while; the number is that of the wait.
        case idle(Int)
        /// A deployment was loaded before a job needs it, or can't be.
        case warmedUp(WarmUpRequest, isLoaded: Bool)
        /// The ways to load a deployment's model were compared, or the comparison has to be attempted again.
        case proved(WarmUpRequest, isOver: Bool)
        /// A schedule or a delivery is due, or the clock was set.
        case due
        /// An attempt of a delivery has ended.
        case delivered
        /// The workspace's folder or its database may be gone.
        case check
        /// The process is asked to end.
        case terminate
    }

    /// Why it ended.
    enum End: Equatable, Sendable {
        case idle
        case terminated
        /// The workspace is not where it was, or its database is another one.
        case displaced(WorkspaceDisplaced)
    }

    private let workspace: Workspace
    private let environments: EnvironmentProvider
    private let gpus: GPUProvider
    private let events: AsyncStream<Event>
    private let send: AsyncStream<Event>.Continuation
    private let pool: HostPool
    private let warmUp: WarmUp
    private let timer: WallTimer
    private let arrivals: ArrivalKeeper
    private let counting: DueCounts
    private let deliveries: DeliveryDesk
    /// When the next schedule is due.
    private var nextRunAt: Date?
    private let logger: Logger
    private let cores = ProcessInfo.processInfo.activeProcessorCount
    private var runs: [String: (run: JobRun, workers: Int, gpus: [GPU], cluster: String?)] = [:]
    private var unrecorded: Set<String> = []
    private var idleWait = 0
    /// The deployment that is loaded before a job needs it.
    private var loading: Task<Void, Never>?
    /// The deployment whose ways of loading are not compared yet, and the task that compares them.
    private var unproved: WarmUpRequest?
    private var proving: Task<Void, Never>?

    /// How long to wait after the workspace could not be read or written.
    private static let retryDelay: Duration = .seconds(5)

    init(
        workspace: Workspace,
        environments: @escaping EnvironmentProvider,
        existing: @escaping ExistingEnvironmentProvider = EnvironmentBuilder.existing,
        gpus: @escaping GPUProvider = { await GPUListing.current() },
        events: AsyncStream<Event>,
        send: AsyncStream<Event>.Continuation,
        logger: Logger
    ) throws {
        self.workspace = workspace
        self.environments = environments
        self.gpus = gpus
        self.events = events
        self.send = send
        self.logger = logger
        pool = HostPool(
            listener: try WorkerListener(),
            workspaceID: Orphans.mark(of: workspace.folder.path),
            folders: workspace.folder.hosts,
            logger: logger
        )
        warmUp = WarmUp(workspace: workspace, pool: pool, environments: existing, logger: logger)
        timer = try WallTimer { send.yield(.due) }
        arrivals = ArrivalKeeper(workspace, environments: environments, logger: logger) { send.yield(.due) }
        counting = DueCounts(workspace, environments: environments) { send.yield(.due) }
        deliveries = DeliveryDesk(workspace: workspace, logger: logger)
    }

    /// Recovers what a dead executor left, then runs jobs until the end.
    func run() async throws -> End {
        let watch = PlaceWatch(workspace.folder) { [send] in send.yield(.check) }
        defer { watch?.stop() }
        defer { timer.stop() }
        defer { counting.stop() }
        if let displaced = workspace.place.displacement() { return .displaced(displaced) }
        let mark = Orphans.mark(of: workspace.folder.path)
        let orphans = Orphans.killAll(markedBy: mark)
        if orphans > 0 { logger.warning("Orphaned processes killed.", metadata: ["processes": "\(orphans)"]) }
        ControlGroups.sweep(markedBy: mark, lastFolderAt: workspace.folder.executorGroups)
        // The folders of hosts that are gone.
        try? FileManager.default.removeItem(atPath: workspace.folder.hosts)
        let interrupted = try await workspace.requeueInterruptedJobs()
        if !interrupted.isEmpty {
            logger.notice("Interrupted jobs are queued again: \(interrupted.joined(separator: ", "))")
        }
        workspace.sweepUnfinishedCopies()
        try? await workspace.sweepCode()
        await workspace.sweep()
        try await workspace.forgetVariablesOfEndedJobs()
        try await workspace.requeueInterruptedDeliveries()
        await retireJobs()
        await checkQueue()
        for await event in events {
            if let displaced = workspace.place.displacement() {
                await endRuns()
                return .displaced(displaced)
            }
            switch event {
            case .check: break
            case .due: await checkQueue()
            case .delivered:
                await retireJobs()
                await checkQueue()
            case .wake:
                await checkQueue()
                if let request = workspace.takeWarmUpRequest() { load(request) }
            case .warmedUp(let request, let isLoaded):
                if isLoaded { unproved = request }
                prove()
            case .proved(let request, let isOver):
                proving = nil
                if isOver, unproved == request { unproved = nil }
                prove()
            case .ended(let job, let isRecorded):
                runs[job] = nil
                if !isRecorded {
                    unrecorded.insert(job)
                    later(.retry(job: job))
                }
                ExecutorLog.rotateOwn(workspace.folder.executorLog)
                if runs.isEmpty { await killOrphans() }
                await retireJobs()
                await checkQueue()
                prove()
            case .retry(let job):
                await resumeUnrecorded(job)
            case .idle(let wait):
                guard wait == idleWait, runs.isEmpty, unrecorded.isEmpty, await deliveries.isEmpty else { break }
                await endWarmUp()
                guard await keepsTime() else {
                    await arrivals.stop()
                    await pool.stop()
                    return .idle
                }
                await pool.cool()
            case .terminate:
                await endRuns()
                return .terminated
            }
        }
        return .terminated
    }

    /// Puts jobs back in the queue, as far as that can be recorded, and ends all processes.
    private func endRuns() async {
        await arrivals.stop()
        await endWarmUp()
        for entry in runs.values { entry.run.suspend() }
        for entry in runs.values { await entry.run.finished() }
        await deliveries.stop()
        await pool.stop()
    }

    /// Ends the loading and the comparison in the background, with their processes.
    private func endWarmUp() async {
        loading?.cancel()
        proving?.cancel()
        await loading?.value
        await proving?.value
    }

    /// Ends what scripts forked away from their workers: while no job runs, only warm hosts belong here.
    private func killOrphans() async {
        let mark = Orphans.mark(of: workspace.folder.path)
        _ = try? await DiskWork.run { Orphans.killDetached(markedBy: mark) }
    }

    private func resumeUnrecorded(_ job: String) async {
        do {
            _ = try await workspace.requeueInterruptedJobs(only: job)
            unrecorded.remove(job)
            logger.notice("The job is queued again.", metadata: ["job": "\(job)"])
            await checkQueue()
        } catch {
            logger.debug("The job can't be queued again yet: \(error)", metadata: ["job": "\(job)"])
            later(.retry(job: job))
        }
    }

    /// Sends an event when the workspace may be well again.
    private func later(_ event: Event) {
        Task { [send] in
            try await Task.sleep(for: Self.retryDelay)
            send.yield(event)
        }
    }

    private func checkQueue() async {
        do {
            try await takeDueRuns()
        } catch {
            logger.error("Schedules can't be read or written: \(error)")
            later(.wake)
        }
        do {
            try await startAndCancelJobs()
        } catch {
            logger.error("The queue can't be read or written: \(error)")
            later(.wake)
        }
        var nextDeliveryAt: Date?
        do {
            nextDeliveryAt = try await deliveries.start { [send] in send.yield(.delivered) }
        } catch {
            logger.error("Deliveries can't be read or written: \(error)")
            later(.wake)
        }
        timer.set(to: [nextRunAt, nextDeliveryAt].compactMap { $0 }.min()?.timeIntervalSince1970)
        if runs.isEmpty, unrecorded.isEmpty {
            await workspace.checkpoint()
            waitForIdleness()
        }
    }

    /// Queues the jobs of schedules that are due.
    private func takeDueRuns() async throws {
        let counts = counting.take()
        let due = try await workspace.takeDueRuns(counts)
        for schedule in due.uncounted { counting.begin(schedule) }
        let arrived = try await arrivals.takeRuns()
        for run in due.runs + arrived.runs {
            let outcome = run.job.map { "job \($0)" } ?? "\(run.outcome.rawValue): \(run.reason ?? "")"
            logger.info("Schedule \(run.schedule), run \(run.number): \(outcome)")
        }
        nextRunAt = [due.nextAt, arrived.nextAt].compactMap { $0 }.min()
    }

    /// Deletes the jobs that schedules do not keep.
    private func retireJobs() async {
        do {
            for (schedule, job) in try await workspace.retireJobs() {
                logger.info("The job is deleted: schedule \(schedule) does not keep it.", metadata: ["job": "\(job)"])
            }
        } catch {
            logger.warning("Old jobs of schedules can't be deleted: \(error)")
        }
    }

    /// True while there is a time to wait for, and where that can't be read: the executor stays.
    private func keepsTime() async -> Bool { (try? await workspace.keepsTime()) ?? true }

    private func startAndCancelJobs() async throws {
        // A job that waits for room holds up those behind it on the same machine or cluster: else a stream of small ones would
        // hold it up for ever.
        var full: Set<String?> = []
        for job in try await workspace.unfinishedJobs() {
            switch job.state {
            case .cancelRequested:
                if let run = runs[job.name]?.run {
                    run.cancel()
                } else {
                    let cause = job.startedAt == nil ? "Canceled before it started." : "Canceled by user."
                    if job.startedAt != nil { await writeReports(of: job.name) }
                    try await workspace.setState(of: job.name, to: .canceled, cause: cause)
                }
            case .queued:
                guard let target = try await computeTarget(of: job) else { continue }
                let place = target.cluster == nil ? nil : target.name
                if !full.contains(place), await !start(job, on: target.cluster, named: place) { full.insert(place) }
            default:
                break
            }
        }
    }

    /// The compute target of a job; nil where it is gone, and the job has failed for that: it must not run elsewhere.
    ///
    /// - Throws: The database's error when the target can't be read: the job waits until it can be.
    private func computeTarget(of job: Job) async throws -> ComputeTarget? {
        guard runs[job.name] == nil, !unrecorded.contains(job.name) else { return nil }
        do {
            return try await workspace.computeTarget(job.specification.compute)
        } catch let error as StudioError where error.code == .notFound {
            let cause = "The job's compute target is gone. \(error.message)"
            logger.error("The job can't start. \(cause)", metadata: ["job": "\(job.name)"])
            try await workspace.setState(of: job.name, to: .failed, cause: cause)
            return nil
        }
    }

    /// Writes the reports of a job that was canceled while no executor ran it; without them it is canceled all the same.
    private func writeReports(of job: String) async {
        do {
            try await JobReports(workspace: workspace, job: job).write()
        } catch {
            logger.warning("The reports of the canceled job can't be written: \(error)", metadata: ["job": "\(job)"])
        }
    }

    /// Starts a job; false when there is no room for its workers, or others hold the GPUs that it needs.
    private func start(_ job: Job, on cluster: RayCluster?, named place: String?) async -> Bool {
        guard runs[job.name] == nil, !unrecorded.contains(job.name) else { return true }
        let (workers, threads) = JobShare.of(job.specification.settings, on: cluster)
        let busy = runs.values.reduce(0) { $0 + ($1.cluster == place ? $1.workers : 0) }
        guard busy + workers <= cluster?.maxWorkers ?? cores, let gpus = await freeGPUs(for: job) else { return false }
        let run = JobRun(
            job: job,
            workspace: workspace,
            pool: pool,
            environments: environments,
            workers: workers,
            threads: threads,
            gpus: gpus,
            cluster: cluster,
            logger: logger
        )
        runs[job.name] = (run, workers, gpus.gpus, place)
        // It would take time from the job; it is attempted again afterwards.
        proving?.cancel()
        run.start { [send] isRecorded in send.yield(.ended(job: job.name, isRecorded: isRecorded)) }
        return true
    }

    /// The GPUs that a job gets, which no other job holds; nil while there are too few.
    ///
    /// Where the machine has too few all those that there are: the job fails with them as the reason.
    private func freeGPUs(for job: Job) async -> GPUListing? {
        let needed = job.specification.settings.gpus
        guard needed > 0 else { return GPUListing([]) }
        let listing = await gpus()
        guard listing.gpus.count >= needed else { return listing }
        let held = Set(runs.values.flatMap(\.gpus))
        let free = listing.gpus.filter { !held.contains($0) }
        return free.count >= needed ? GPUListing(Array(free.prefix(needed))) : nil
    }

    /// Loads a deployment in the background, in place of one that is not loaded yet.
    private func load(_ request: WarmUpRequest) {
        loading?.cancel()
        loading = Task { [warmUp, send] in
            let isLoaded = await warmUp.load(request)
            if !Task.isCancelled { send.yield(.warmedUp(request, isLoaded: isLoaded)) }
        }
    }

    /// Compares the ways to load the model that was loaded last, while no job runs.
    private func prove() {
        guard let request = unproved, proving == nil, runs.isEmpty else { return }
        proving = Task { [warmUp, send] in
            let isOver = await warmUp.prove(request)
            send.yield(.proved(request, isOver: isOver))
        }
    }

    private func waitForIdleness() {
        idleWait += 1
        Task { [idleWait, send] in
            try await Task.sleep(for: ExecutorService.idleTime)
            send.yield(.idle(idleWait))
        }
    }
}
