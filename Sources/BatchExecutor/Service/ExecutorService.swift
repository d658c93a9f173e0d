package import BatchDomain
package import BatchWorkers
import BatchWorkspace
@preconcurrency import Dispatch
import Foundation
import Glibc
package import Logging
import SystemKit

/// The executor as a process: `batchstudio executor serve`.
package enum ExecutorService {
    /// How long an executor with nothing to do stays, with its hosts warm.
    package static let idleTime: Duration = .seconds(900)

    /// Runs the jobs of a workspace until there has been nothing to do for a while, or SIGTERM comes.
    ///
    /// - Parameters:
    ///   - folder: The workspace.
    ///   - report: Receives that the lock is held and the queue is watched, or why no job can run.
    ///   - logger: Takes what the executor does, for its log.
    ///   - environments: How environments are provided.
    /// - Throws: ``StudioError`` when the workspace can't be used.
    package static func serve(
        folder: WorkspaceFolder,
        report: StartReport,
        logger: Logger,
        environments: @escaping EnvironmentProvider = EnvironmentBuilder.provide
    ) async throws {
        do {
            try await serve(folder, report, logger, environments)
        } catch {
            report.failed(error)
            throw error
        }
    }

    /// Tries all that jobs need, and reports each; starts nothing.
    package static func probe(folder: WorkspaceFolder, report: StartReport, logger: Logger) async {
        prepareSurroundings(logger)
        var isWithoutDescriptors = false
        for check in StartCheck.allCases where !isWithoutDescriptors || !check.needsDescriptors {
            do {
                report.checked(check, .success(try await check.run(in: folder.path)))
            } catch {
                if check == .descriptors { isWithoutDescriptors = true }
                report.checked(check, .failure(error as? StudioError ?? StudioError(.environment, "\(error)")))
            }
        }
        report.ready()
    }

    /// Makes the best of what the shell that started this executor has set.
    private static func prepareSurroundings(_ logger: Logger) {
        StartCheck.raiseDescriptorLimit()
        if let note = PrivateFolder.replaceUnusableTemporaryFolder() { logger.warning("\(note)") }
    }

    private static func serve(
        _ folder: WorkspaceFolder,
        _ report: StartReport,
        _ logger: Logger,
        _ environments: @escaping EnvironmentProvider
    ) async throws {
        prepareSurroundings(logger)
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
        for check in StartCheck.allCases { _ = try await check.run(in: folder.path) }
        // Whoever queued a job while this executor was leaving saw the lock held and did not start another: look once more.
        while let end = try await serveOnce(folder, report, logger, environments, events, send), end == .idle {
            if try await !Workspace(opening: folder).needsExecutor() { break }
        }
        report.ready()
    }

    /// Runs jobs while holding the lock; nil when another executor holds it, which is just as good to whoever asked for one.
    private static func serveOnce(
        _ folder: WorkspaceFolder,
        _ report: StartReport,
        _ logger: Logger,
        _ environments: @escaping EnvironmentProvider,
        _ events: AsyncStream<Executor.Event>,
        _ send: AsyncStream<Executor.Event>.Continuation
    ) async throws -> Executor.End? {
        guard let lock = try FileLock.attempt(at: folder.executorLock) else { return nil }
        defer { lock.release() }
        lock.describeHolder(ExecutorHolder(pid: Int(getpid())).text)
        let workspace = try Workspace(opening: folder, durability: .full)
        workspace.place.hold("executor.lock")
        let holder = ExecutorHolder(
            pid: Int(getpid()),
            workspaceID: try await workspace.id() ?? "",
            database: FileIdentity(at: folder.database)?.description ?? "",
            folder: folder.path
        )
        lock.describeHolder(holder.text)
        let pipe = try WakePipe(at: folder.executorWake) { send.yield(.wake) }
        defer { pipe.close() }
        let executor = try Executor(
            workspace: workspace,
            environments: environments,
            events: events,
            send: send,
            logger: logger
        )
        report.ready()
        // Not before: a start that fails is explained by the last line of the log.
        logger.info("The executor starts.", metadata: ["pid": "\(getpid())", "workspace": "\(folder.path)"])
        let end = try await executor.run()
        logger.info("The executor ends.", metadata: ["pid": "\(getpid())", "cause": "\(end)"])
        if case .displaced(let displaced) = end {
            // Standard error is the log in the workspace's folder, wherever that is now.
            throw StudioError(.workspace, "\(displaced) The executor ends.", advice: "Any command starts the next one.")
        }
        return end
    }
}
