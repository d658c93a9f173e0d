import BatchDomain
import Foundation
import Synchronization

/// A worker, as the job that it works for holds it.
package struct Worker: Sendable {
    /// Its number in its job.
    package let number: Int
    let process: HostProcess
    /// Its number in its process, which workers of other jobs may share.
    let numberInProcess: Int

    /// Says something to it.
    package func send(_ message: ExecutorMessage) { send([message]) }

    /// Says several things to it at once.
    package func send(_ messages: [ExecutorMessage]) {
        process.send(messages, to: numberInProcess)
    }

    /// Kills it and all that it started; `ended` follows.
    package func kill() {
        process.kill(numberInProcess)
    }
}

/// Starts the workers of a launch: forked from one warm process where that is safe, as plain processes where it is not.
package actor WorkerHost {
    private let launch: HostLaunch
    private let listener: WorkerListener
    private let workspaceID: String
    private let folders: String
    private var main: HostProcess?
    private var loaded: HostProcess.Loaded?
    /// How long loading may take: what the last job allowed.
    private var limit: Duration?
    private var processes: [HostProcess] = []
    /// True while a process loads that all workers will be forked from.
    private var isLoading = false
    /// Those who wait for that process.
    private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    private var lastWaiting = 0
    private static let maxDeathsWhileLoading = 3

    /// - Parameters:
    ///   - launch: What its processes are.
    ///   - listener: Where they connect to.
    ///   - workspaceID: Marks them.
    ///   - folders: Where each has a private folder to run in.
    package init(_ launch: HostLaunch, listener: WorkerListener, workspaceID: String, folders: String) {
        self.folders = folders
        self.launch = launch
        self.listener = listener
        self.workspaceID = workspaceID
    }

    /// The interpreter of the environment.
    package nonisolated var python: String { launch.python }

    /// True when a loaded process is ready for workers.
    package var isWarm: Bool { main?.isUsable == true && loaded != nil }

    /// Loads the script, unless a process has it loaded already.
    ///
    /// - Parameters:
    ///   - log: The file that takes what the process prints.
    ///   - limit: How long loading may take.
    ///   - onWaiting: Receives what a cluster is waited for.
    /// - Returns: What the host says of itself.
    /// - Throws: ``ScriptFailure`` when the script can't be loaded; ``StudioError`` when the process can't be started.
    package func warmUp(
        log: String,
        within limit: Duration? = nil,
        onWaiting: @escaping @Sendable (WorkerMessage.Waiting) -> Void = { _ in }
    ) async throws -> HostProcess.Loaded {
        if let limit { self.limit = limit }
        return try await despiteDeaths {
            // One process is enough for all who ask at the same time; where it can't be forked, each of them loads their own.
            while isLoading, !isWarm {
                await otherLoad()
                try Task.checkCancellation()
            }
            if isWarm, let loaded { return loaded }
            isLoading = loaded?.reasonNotToFork == nil
            defer {
                isLoading = false
                for continuation in waiting.values { continuation.resume() }
                waiting = [:]
            }
            let (process, loaded) = try await load(launch, log: log, onWaiting: onWaiting)
            if isWarm, let others = self.loaded {
                process.stop()
                return others
            }
            main = process
            self.loaded = loaded
            return loaded
        }
    }

    /// Waits until the process that loads is ready or has failed, or until this task is canceled.
    private func otherLoad() async {
        lastWaiting += 1
        let number = lastWaiting
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled { return continuation.resume() }
                waiting[number] = continuation
            }
        } onCancel: {
            Task { await self.stopWaiting(number) }
        }
    }

    private func stopWaiting(_ number: Int) {
        waiting.removeValue(forKey: number)?.resume()
    }

    /// Loads the script until no signal ends the process meanwhile.
    private func despiteDeaths<Result: Sendable>(_ load: () async throws -> Result) async throws -> Result {
        var deaths = 0
        while true {
            do {
                return try await load()
            } catch let killed as KilledWhileLoading {
                try Task.checkCancellation()
                deaths += 1
                if deaths == Self.maxDeathsWhileLoading { throw killed.reason }
            }
        }
    }

    private func load(
        _ launch: HostLaunch,
        log: String,
        onWaiting: @escaping @Sendable (WorkerMessage.Waiting) -> Void = { _ in }
    ) async throws -> (HostProcess, HostProcess.Loaded) {
        let process = HostProcess(launch, listener: listener, folders: folders)
        processes.removeAll(where: \.hasEnded)
        processes.append(process)
        do {
            let loaded = try await withTaskCancellationHandler {
                try await process.load(
                    fork: launch.isForked,
                    log: log,
                    workspaceID: workspaceID,
                    within: self.limit,
                    onWaiting: onWaiting
                )
            } onCancel: {
                process.stop()
            }
            return (process, loaded)
        } catch {
            process.stop()
            throw error
        }
    }

    /// Limits how long loading may take from now on.
    package func limitLoading(to limit: Duration) { self.limit = limit }

    /// Starts a worker.
    ///
    /// - Parameters:
    ///   - number: Its number in its job.
    ///   - variables: Its own variables: it gets a process of its own, which has them before anything is imported.
    ///   - streams: Where its prints go.
    ///   - log: The file that takes what a new host process prints.
    ///   - onEvent: Receives its events in order; must not block.
    /// - Returns: What it is spoken to through.
    /// - Throws: As ``warmUp(log:within:)``.
    package func startWorker(
        _ number: Int,
        with variables: [String: String] = [:],
        streams: WorkerStreams,
        log: String,
        onEvent: @escaping @Sendable (WorkerEvent) -> Void
    ) async throws -> Worker {
        if !variables.isEmpty {
            let (process, _) = try await despiteDeaths { try await load(launch.adding(variables), log: log) }
            let numberInProcess = process.startWorker(streams: streams, byFork: false, onEvent: onEvent)
            return Worker(number: number, process: process, numberInProcess: numberInProcess)
        }
        let loaded = try await warmUp(log: log)
        guard let main else { throw CancellationError() }
        let canFork = loaded.reasonNotToFork == nil
        let numberInProcess = main.startWorker(streams: streams, byFork: canFork, onEvent: onEvent)
        if !canFork { self.main = nil }
        return Worker(number: number, process: main, numberInProcess: numberInProcess)
    }

    /// Ends all processes.
    package func stop() {
        for process in processes { process.stop() }
        processes = []
        main = nil
        loaded = nil
    }
}
