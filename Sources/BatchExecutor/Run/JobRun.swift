import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Logging
import Synchronization
import SystemKit

/// One job under one executor, from the queue to its end or back to the queue.
final class JobRun: Sendable {
    /// How a run ended.
    enum Outcome {
        case completed
        case canceled
        case suspended
    }

    /// So often damaged rows are scored again; after that the disk is not to be trusted.
    private static let maxDamages = 2
    /// The longest wait between attempts to reach a cluster, in pauses of ``endWhilePaused()``.
    private static let maxClusterPauses = 6

    let job: Job
    let workspace: Workspace
    private let pool: HostPool
    private let environments: EnvironmentProvider
    private let workers: Int
    private let threads: Int
    private let gpus: GPUListing
    private let cluster: RayCluster?
    /// The executor's log, with the job's name.
    let logger: Logger
    let events: AsyncStream<JobEvent>
    private let send: AsyncStream<JobEvent>.Continuation
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// Makes a run that may have `workers` workers score at a time, with `threads` threads each, both 1 or more, on these GPUs, or on this cluster.
    init(
        job: Job,
        workspace: Workspace,
        pool: HostPool,
        environments: @escaping EnvironmentProvider,
        workers: Int,
        threads: Int,
        gpus: GPUListing,
        cluster: RayCluster? = nil,
        logger: Logger
    ) {
        self.job = job
        self.workspace = workspace
        self.pool = pool
        self.environments = environments
        self.workers = workers
        self.threads = threads
        self.gpus = gpus
        self.cluster = cluster
        var logger = logger
        logger[metadataKey: "job"] = "\(job.name)"
        self.logger = logger
        (events, send) = AsyncStream.makeStream()
    }

    /// Runs the job; `onEnd` is called when it is over, with whether the result is recorded in the workspace.
    func start(onEnd: @escaping @Sendable (_ isRecorded: Bool) -> Void) {
        let running = Task { onEnd(await run()) }
        task.withLock { $0 = running }
    }

    /// Ends the job as Canceled.
    func cancel() { send.yield(.cancel) }

    /// Puts the job back in the queue.
    func suspend() { send.yield(.suspend) }

    /// Waits for the end.
    func finished() async { await task.withLock { $0 }?.value }

    private func run() async -> Bool {
        do {
            let ticks = Task { [send] in
                while !Task.isCancelled {
                    try await Task.sleep(for: .milliseconds(250))
                    send.yield(.tick)
                }
            }
            defer { ticks.cancel() }
            guard let logs = try await openFolder() else { return true }
            let outcome: Outcome
            do {
                outcome = try await execute(logs)
            } catch let error as Unrecorded {
                throw error
            } catch let error as WorkspaceDisplaced {
                throw error
            } catch {
                try await fail(error, logs)
                return true
            }
            do {
                try await end(outcome, logs)
            } catch let error as StudioError {
                try await fail(error, logs)
            }
            return true
        } catch {
            // Not even the end could be recorded: the executor takes the job up again later.
            logger.error("The end of the job can't be recorded: \(error) The executor attempts it again.")
            return false
        }
    }

    /// Takes the job a step on.
    ///
    /// - Throws: ``Unrecorded`` when the workspace can't be written now, which is no fault of the job.
    func step(to state: JobState) async throws {
        guard try await workspace.setStateIfPossible(of: job.name, to: state) else { throw Unrecorded(state: state) }
    }

    /// Makes the job's folder; where there is no space for it the job waits.
    ///
    /// - Returns: The logs; nil when the job has ended, or went back to the queue.
    private func openFolder() async throws -> JobLogs? {
        let folder = workspace.folder.job(job.name)
        var refusals = 0
        while true {
            do {
                try workspace.place.makeFolder(WorkspaceFolder.segments(of: job.name))
                return try JobLogs(folder, level: job.specification.settings.loggingLevel)
            } catch let error as WorkspaceDisplaced {
                throw error
            } catch  where OutOfSpace.isCause(of: error) || !DiskSpace.isEnough(at: workspace.folder.path) {
                try await step(to: .preparing)
                let cause = OutOfSpace.cause(of: error)
                logger.warning("The job is Paused. \(cause)")
                guard try await workspace.setStateIfPossible(of: job.name, to: .paused, cause: cause) else {
                    throw Unrecorded(state: .paused)
                }
                switch await endWhilePaused() {
                case .canceled:
                    try await workspace.setState(of: job.name, to: .canceled, cause: "Canceled by user.")
                    return nil
                case .suspended, .completed:
                    try await workspace.setState(of: job.name, to: .queued)
                    return nil
                case nil: continue
                }
            } catch {
                refusals += 1
                // A disk may refuse once and obey then.
                if refusals < DurableFile.maxAttempts { continue }
                let cause = "The job's folder can't be made: \(error)"
                try await workspace.setState(of: job.name, to: .failed, cause: cause)
                return nil
            }
        }
    }

    private func execute(_ logs: JobLogs) async throws -> Outcome {
        try await step(to: .preparing)
        logger.info(
            "The job starts.",
            metadata: ["deployment": "\(job.specification.deploymentName)", "workers": "\(workers)"]
        )
        let deployment = job.specification.deploymentName
        logs.info("Job \(job.name) on deployment \(deployment), \(Figures.count(workers, "worker")).")
        var damages = 0
        while true {
            let prepared: PreparedJob
            switch try await prepare(logs) {
            case .ready(let ready): prepared = ready
            case .ended(let outcome): return outcome
            }
            do {
                let outcome = try await score(prepared, logs)
                await dismiss(prepared)
                return outcome
            } catch {
                await dismiss(prepared)
                guard let damage = error as? DamagedRows, damages < Self.maxDamages else { throw error }
                damages += 1
                logger.warning("\(damage). They are scored again.")
                logs.systemError("\(damage). They are scored again.")
                try await workspace.discardMiniBatches(damage.miniBatches, of: job.name)
            }
        }
    }

    private func dismiss(_ prepared: PreparedJob) async {
        await prepared.fetcher?.stop()
        await pool.release(prepared.launch)
    }

    private enum Preparation {
        case ready(PreparedJob)
        case ended(Outcome)
    }

    /// Gets ready what the job needs; where there is no space for it, or no cluster, the job waits.
    private func prepare(_ logs: JobLogs) async throws -> Preparation {
        var paused: PauseReason?
        var refusals = 0
        while true {
            let reason: PauseReason
            do {
                return try await prepareOnce(logs)
            } catch  where OutOfSpace.isCause(of: error) {
                reason = PauseReason(OutOfSpace.cause(of: error))
                refusals = 0
            } catch let unreachable as ClusterUnreachable {
                reason = PauseReason(unreachable)
                refusals += 1
            }
            // The job stays Paused while it waits for the same; what else it waits for is shown as a pause of its own.
            if let last = paused, last.isOfCluster != reason.isOfCluster {
                try await step(to: .preparing)
                paused = nil
            }
            if paused == nil {
                logger.warning("The job is Paused. \(reason)")
                logs.systemError("\(reason)")
                let isRecorded = try await workspace.setStateIfPossible(
                    of: job.name,
                    to: .paused,
                    cause: "\(reason)"
                )
                paused = isRecorded ? reason : nil
            }
            for _ in 0..<max(1, min(refusals, Self.maxClusterPauses)) {
                if let outcome = await endWhilePaused() { return .ended(outcome) }
            }
            if !reason.isOfCluster, paused != nil {
                try await step(to: .preparing)
                paused = nil
            }
        }
    }

    private func prepareOnce(_ logs: JobLogs) async throws -> Preparation {
        let preparing = JobPreparation(
            job: job,
            workspace: workspace,
            pool: pool,
            environments: environments,
            workers: workers,
            threads: threads,
            logs: logs,
            logger: logger,
            variables: try workspace.variables(of: job.name),
            gpus: gpus,
            cluster: cluster
        )
        let preparation = Task { [send] in
            let result: Result<PreparedJob, any Error>
            do { result = .success(try await preparing.prepare()) } catch { result = .failure(error) }
            send.yield(.prepared(result))
            return result
        }
        for await event in events {
            switch event {
            case .prepared(let result):
                return .ready(try result.get())
            case .cancel, .suspend:
                preparation.cancel()
                if case .success(let unused) = await preparation.value { await dismiss(unused) }
                if case .cancel = event { return .ended(.canceled) }
                return .ended(.suspended)
            case .workerStarted, .workerEnclosed, .worker, .fetcher, .hostLoaded, .clusterReached, .committed, .tick:
                break
            }
        }
        return .ended(.suspended)
    }

    private func score(
        _ prepared: PreparedJob,
        _ logs: JobLogs
    ) async throws -> Outcome {
        try await step(to: .running)
        var scoring = JobScoring(
            job: job,
            prepared: prepared,
            workspace: workspace,
            wantedWorkers: workers,
            logs: logs,
            logger: logger,
            send: send
        )
        let end: JobScoring.End
        do {
            end = try await scoring.run(events)
        } catch {
            await scoring.stopWorkers(events, grace: .zero)
            throw error
        }
        switch end {
        case .scored:
            break
        case .canceled:
            await scoring.stopWorkers(events, grace: .zero)
            return .canceled
        case .suspended:
            await scoring.stopWorkers(events, grace: .zero)
            return .suspended
        }
        return try await finalize(&scoring, python: prepared.host.python, logs)
    }

    /// Waits a few seconds for space; not nil when the job is to end meanwhile.
    func endWhilePaused() async -> Outcome? {
        let end = ContinuousClock.now + .seconds(5)
        for await event in events {
            switch event {
            case .cancel: return .canceled
            case .suspend: return .suspended
            case .prepared, .workerStarted, .workerEnclosed, .worker, .fetcher, .hostLoaded, .clusterReached,
                .committed,
                .tick:
                if ContinuousClock.now >= end { return nil }
            }
        }
        return .suspended
    }
}
