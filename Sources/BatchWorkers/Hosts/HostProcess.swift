import BatchDomain
import Foundation
import Glibc
import Synchronization

/// A Python process that has loaded a scoring script, and the workers forked from it.
package final class HostProcess: Sendable {
    /// The report of a loaded host.
    package struct Loaded: Sendable {
        /// Seconds that loading took.
        package var seconds: Double
        /// Why it can't be forked; nil when it can.
        package var reasonNotToFork: String?
        /// Versions of the libraries that were imported.
        package var versions: [String: String]
    }

    private enum HostEvent: Sendable {
        case hello(WorkerConnection)
        case message(WorkerMessage)
        case closed
        case exited(Int)
        case unstartable(StudioError)
        case overdue(Duration)
    }

    private struct State: Sendable {
        var connection: WorkerConnection?
        var exitStatus: Int?
        /// The number of the worker that the process itself became.
        var became: Int?
        var lastWorker = 0
        var workers: [Int: HostedWorker] = [:]
    }

    private let launch: HostLaunch
    private let listener: WorkerListener
    private let token: String
    /// Where it runs, with copies of the script's files; gone when it has ended.
    private let workFolder: String
    private let state = Mutex(State())
    private let events: AsyncStream<HostEvent>
    private let report: AsyncStream<HostEvent>.Continuation
    private let process = Mutex<Task<Void, Never>?>(nil)

    /// Makes a host; ``load(fork:log:workspaceID:within:)`` starts its process.
    ///
    /// - Parameters:
    ///   - launch: What it is.
    ///   - listener: Where it connects to.
    ///   - folders: Where its private folder is made.
    package init(_ launch: HostLaunch, listener: WorkerListener, folders: String) {
        self.launch = launch
        self.listener = listener
        workFolder = folders + "/" + UUID().uuidString.lowercased()
        var generator = SystemRandomNumberGenerator()
        token = (0..<4).map { _ in String(generator.next(), radix: 16) }.joined()
        (events, report) = AsyncStream.makeStream()
    }

    /// Starts the process and has it load the scoring script.
    ///
    /// - Parameters:
    ///   - fork: Whether workers are to be forked from it, if it can be forked.
    ///   - log: The file that takes what the process prints.
    ///   - workspaceID: Marks the process, so that a later executor can find those that a dead one left.
    ///   - limit: How long that may take, without the time that it waits for a cluster.
    ///   - onWaiting: Receives what it waits for, each time that changes.
    /// - Returns: What it says of itself.
    /// - Throws: ``ScriptFailure`` when the script can't be loaded; ``StudioError`` when the process can't be started;
    ///   ``KilledWhileLoading``.
    func load(
        fork: Bool,
        log: String,
        workspaceID: String,
        within limit: Duration? = nil,
        onWaiting: @escaping @Sendable (WorkerMessage.Waiting) -> Void = { _ in }
    ) async throws -> Loaded {
        listener.register(token: token) { [weak self] hello, connection in self?.accept(hello, connection) }
        start(log: log, workspaceID: workspaceID)
        func alarm() -> Task<Void, any Error>? {
            limit.map { limit in
                Task { [report] in
                    try await Task.sleep(for: limit, clock: .suspending)
                    report.yield(.overdue(limit))
                }
            }
        }
        var deadline = alarm()
        defer { deadline?.cancel() }
        var waiting: WorkerMessage.Waiting?
        var connection: WorkerConnection?
        var exitStatus: Int?
        for await event in events {
            switch event {
            case .hello(let new):
                connection = new
                new.send(
                    .load(
                        ExecutorMessage.Load(
                            script: launch.script,
                            codeFolder: launch.codeFolder,
                            modelFolder: launch.modelFolder,
                            arguments: launch.arguments,
                            fork: fork,
                            limit: launch.isRemote ? limit.map { Int($0.components.seconds) } : nil
                        )
                    )
                )
            case .message(.ready(let ready)):
                return Loaded(
                    seconds: ready.seconds,
                    reasonNotToFork: ready.forkable == true ? nil : ready.reason ?? "no reason given",
                    versions: ready.versions ?? [:]
                )
            case .message(.waiting(let now)):
                deadline?.cancel()
                deadline = alarm()
                if waiting != now { onWaiting(now) }
                waiting = now
            case .message(.fatal(let error)):
                throw Self.failure(error)
            case .exited(let status):
                if connection == nil { throw KilledWhileLoading.error(status, log: log) }
                // Its last message may still be under way; a child of it that holds the channel open delays nothing.
                exitStatus = status
                Task { [report] in
                    try await Task.sleep(for: .seconds(1))
                    report.yield(.closed)
                }
            case .closed:
                connection = nil
                if let exitStatus { throw KilledWhileLoading.error(exitStatus, log: log) }
            case .overdue(let limit):
                throw StudioError(
                    .environment,
                    "The scoring script was not loaded after \(limit.components.seconds) seconds, which are 3 times "
                        + "retry_settings.timeout and 30.",
                    advice: "Raise the timeout, or see \(log) for what importing it waits for."
                )
            case .unstartable(let error):
                throw error
            case .message:
                break
            }
        }
        throw CancellationError()
    }

    /// Starts a worker: forked from this process, or by turning this process into it.
    ///
    /// - Parameters:
    ///   - streams: Where its prints go.
    ///   - byFork: Whether it is forked; without, the host can start no other.
    ///   - onEvent: Receives its events in order, on the executor's queue; must not block.
    /// - Returns: Its number among all workers that this process ever has, whichever job they work for.
    package func startWorker(
        streams: WorkerStreams,
        byFork: Bool,
        onEvent: @escaping @Sendable (WorkerEvent) -> Void
    ) -> Int {
        let (number, connection) = state.withLock { state in
            state.lastWorker += 1
            // The process may be gone already: then nothing else reports the end of this worker.
            let number = state.lastWorker
            state.workers[number] = HostedWorker(
                killRemotely: remoteKill(of: number),
                exitStatus: state.exitStatus,
                onEvent: onEvent
            )
            if !byFork { state.became = state.lastWorker }
            return (state.lastWorker, state.connection)
        }
        let message: ExecutorMessage =
            byFork ? .fork(worker: number, streams: streams) : .become(worker: number, streams: streams)
        if connection?.send(message) != true { update(number) { $0.isClosed = true } }
        return number
    }

    /// The error for what ended a host before it was loaded.
    private static func failure(_ error: WorkerMessage.ScriptError) -> any Error {
        switch error.type {
        case "ClusterUnreachable": ClusterUnreachable(error.message)
        case "ClusterRefused": StudioError(.environment, error.message)
        default: ScriptFailure(error)
        }
    }

    /// Says something to a worker.
    package func send(_ messages: [ExecutorMessage], to worker: Int) {
        state.withLock { $0.workers[worker]?.connection }?.send(messages)
    }

    /// Kills a worker and all that it started, even one whose process is only being made; `ended` follows.
    package func kill(_ worker: Int) {
        update(worker) {
            $0.isKilledByExecutor = $0.exitStatus == nil
            $0.isDoomed = true
        }
    }

    /// Ends a worker that has ended by itself, or can't be reached, with all that it started.
    private func sweep(_ worker: Int) {
        update(worker) { $0.isDoomed = true }
    }

    /// True when the process is gone.
    package var hasEnded: Bool { state.withLock { $0.exitStatus != nil } }

    /// True when the process lives and can take more workers.
    package var isUsable: Bool {
        state.withLock { $0.connection != nil && $0.exitStatus == nil && $0.became == nil }
    }

    /// Ends the process and its workers.
    package func stop() {
        let (connection, pids) = state.withLock { state in
            (state.connection, state.workers.values.compactMap { $0.exitStatus == nil ? $0.pid : nil })
        }
        if !launch.isRemote { for pid in pids { killpg(pid_t(pid), SIGKILL) } }
        connection?.send(.stop)
        connection?.close()
        process.withLock { $0 }?.cancel()
        listener.unregister(token: token)
    }

    // MARK: - The process

    private func start(log: String, workspaceID: String) {
        let task = Task { [launch, token, listener, report, workFolder] in
            let status: Int
            do {
                try await WorkFolder.make(at: (workFolder as NSString).deletingLastPathComponent, from: nil)
                try await WorkFolder.make(at: workFolder, from: launch.relativeFiles)
                status = try await launch.run(
                    socket: listener.path,
                    token: token,
                    log: log,
                    workspaceID: workspaceID,
                    workFolder: workFolder
                )
            } catch {
                HostLaunch.note("\(launch.python) can't be started: \(error)\n", in: log)
                status = 127
                report.yield(.unstartable(HostLaunch.unstartable(launch.python, error)))
            }
            report.yield(.exited(status))
            processEnded(status)
            try? FileManager.default.removeItem(atPath: workFolder)
        }
        process.withLock { $0 = task }
    }

    private func processEnded(_ status: Int) {
        let orphans = state.withLock { state in
            state.exitStatus = status
            state.connection = nil
            return state.workers.filter { $0.value.exitStatus == nil }.map(\.key)
        }
        for worker in orphans {
            // The exit status of a forked worker whose host is gone is unknown.
            let isHost = state.withLock { $0.became == worker }
            // The channels of remote workers end with their driver: of these it is no sign that they have died.
            if !isHost {
                update(worker) { $0.lostItsHost = !($0.killRemotely == nil ? $0.isDoomed : $0.isKilledByExecutor) }
            }
            sweep(worker)
            endChannel(of: worker)
            update(worker) { $0.exitStatus = isHost ? status : $0.exitStatus ?? status }
        }
    }

    /// Ends the channel of a worker that is gone: what it said is still read, but a child of it that holds the channel open in
    /// its own session delays nothing.
    private func endChannel(of worker: Int) {
        state.withLock { $0.workers[worker]?.connection }?.close()
    }

    /// Has a worker on a node killed; nil where workers are processes of this machine.
    private func remoteKill(of worker: Int) -> (@Sendable () -> Void)? {
        guard launch.isRemote else { return nil }
        return { [weak self] in
            // Not at once: the caller holds the state.
            Task { [weak self] in self?.state.withLock { $0.connection }?.send(.kill(worker: worker)) }
        }
    }

    // MARK: - Connections

    private func accept(_ hello: WorkerMessage.Hello, _ connection: WorkerConnection) {
        if let worker = hello.worker {
            connection.receive { [weak self] event in self?.receiveFromWorker(event, worker) }
            update(worker) {
                $0.pid = hello.pid
                $0.connection = connection
                $0.onEvent(.connected(pid: hello.pid))
            }
        } else {
            connection.receive { [weak self] event in self?.receiveFromHost(event) }
            state.withLock { $0.connection = connection }
            report.yield(.hello(connection))
        }
    }

    private func receiveFromHost(_ event: WorkerConnection.Event) {
        switch event {
        case .message(.forked(let worker, let pid, let node)):
            update(worker) {
                $0.pid = pid
                $0.onEvent(.forked(pid: pid, node: node))
            }
        case .message(.exited(let worker, _, let status, let lost)):
            // What it started may still run, and hold its channel open.
            update(worker) {
                $0.exitStatus = status
                $0.lostNode = lost
                $0.isDoomed = true
            }
            endChannel(of: worker)
        case .message(let message):
            report.yield(.message(message))
        case .closed:
            state.withLock { $0.connection = nil }
            report.yield(.closed)
        }
    }

    private func receiveFromWorker(_ event: WorkerConnection.Event, _ worker: Int) {
        switch event {
        case .message(let message):
            state.withLock { $0.workers[worker]?.onEvent }?(.message(message))
        case .closed:
            // A worker that closed its channel can't be spoken with: it must not live on.
            sweep(worker)
            update(worker) { $0.isClosed = true }
        }
    }

    /// Changes the state of a worker, and reports its end when the process is gone and all its messages were received.
    private func update(_ worker: Int, _ change: (inout HostedWorker) -> Void) {
        let ended: HostedWorker? = state.withLock { state in
            guard var entry = state.workers[worker] else { return nil }
            change(&entry)
            entry.killIfDoomed()
            state.workers[worker] = entry.hasEnded ? nil : entry
            return entry.hasEnded ? entry : nil
        }
        ended?.tellEnd()
    }
}
