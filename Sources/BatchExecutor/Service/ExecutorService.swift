import BatchDomain
import BatchWorkers
package import BatchWorkspace
@preconcurrency import Dispatch
import Foundation
import Glibc

/// The executor as a process: `batchstudio executor serve`.
package enum ExecutorService {
    /// How long an executor with nothing to do stays, with its hosts warm.
    package static let idleTime: Duration = .seconds(900)

    /// Runs the jobs of a workspace until there has been nothing to do for a while, or SIGTERM comes.
    ///
    /// - Parameters:
    ///   - folder: The workspace.
    ///   - readyDescriptor: Where to say that the lock is held and the queue is watched.
    ///   - environments: How environments are provided.
    /// - Throws: ``StudioError`` when the workspace can't be used.
    package static func serve(
        folder: WorkspaceFolder,
        readyDescriptor: Int32?,
        environments: @escaping EnvironmentProvider = { request, report in
            try await EnvironmentBuilder().environment(for: request, report: report).python
        }
    ) async throws {
        // A write to a worker that is gone is an error of that write, not the end of the executor.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGHUP, SIG_IGN)
        let (events, send) = AsyncStream<Executor.Event>.makeStream()
        let signals = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { @Sendable in send.yield(.terminate) }
            source.activate()
            return source
        }
        defer { for source in signals { source.cancel() } }
        var ready = readyDescriptor
        // Whoever queued a job while this executor was leaving saw the lock held and did not start another: look once more.
        while let end = try await serveOnce(folder, &ready, environments, events, send), end == .idle {
            if try await !Workspace(opening: folder).hasUnfinishedJobs() { break }
        }
        tell(&ready)
    }

    /// Runs jobs while holding the lock; nil when another executor holds it, which is just as good to whoever asked for one.
    private static func serveOnce(
        _ folder: WorkspaceFolder,
        _ ready: inout Int32?,
        _ environments: @escaping EnvironmentProvider,
        _ events: AsyncStream<Executor.Event>,
        _ send: AsyncStream<Executor.Event>.Continuation
    ) async throws -> Executor.End? {
        guard let lock = try ExecutorLock.acquire(at: folder.executorLock) else { return nil }
        defer { lock.release() }
        lock.identify(ExecutorHolder(pid: Int(getpid())))
        let workspace = try Workspace(opening: folder, durability: .full)
        workspace.place.hold("executor.lock")
        lock.identify(
            ExecutorHolder(
                pid: Int(getpid()),
                workspaceID: try await workspace.id() ?? "",
                database: FileIdentity(at: folder.database)?.description ?? "",
                folder: folder.path
            )
        )
        let pipe = try WakePipe(at: folder.executorWake) { send.yield(.wake) }
        defer { pipe.close() }
        let executor = try Executor(workspace: workspace, environments: environments, events: events, send: send)
        tell(&ready)
        let end = try await executor.run()
        if case .displaced(let displaced) = end {
            // Standard error is the log in the workspace's folder, wherever that is now.
            throw StudioError(.workspace, "\(displaced) The executor ends.", advice: "Any command starts the next one.")
        }
        return end
    }

    private static func tell(_ descriptor: inout Int32?) {
        guard let open = descriptor else { return }
        var byte: UInt8 = 1
        _ = write(open, &byte, 1)
        close(open)
        descriptor = nil
    }
}
