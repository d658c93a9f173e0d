package import BatchDomain
import BatchWorkspace
package import Foundation
package import Logging

/// The use cases of batchstudio on one workspace: one verb each, the same for every face.
///
/// A face parses what the user gave, calls one verb, and prints or draws its result:
///
///     let studio = try Studio(opening: folder, for: caller, logger: logger)
///     let queued = try await studio.submit(invocation)
///     print(queued.job.name)
///
/// Locks, transactions, checks of scoring scripts, copies of models and the start of the executor are inside the verbs.
package struct Studio: Sendable {
    /// Receives the steps of a use case that takes time, a line each.
    package typealias Report = @Sendable (String) -> Void

    /// Where the workspace is.
    package let folder: WorkspaceFolder
    /// Who calls: the environment and the current folder.
    package let caller: Caller
    /// The time of day; tests bring their own.
    package let now: @Sendable () -> Date
    let workspace: Workspace
    /// The output files that are open, shared by the copies of this value.
    let rowFiles = RowFiles()
    let executor: ExecutorAccess
    let logger: Logger

    /// Opens the workspace in a folder and creates what is missing.
    ///
    /// - Parameters:
    ///   - folder: Where the workspace is.
    ///   - caller: The environment and the current folder of the face's user.
    ///   - executor: The process that runs the workspace's jobs.
    ///   - logger: Receives warnings that fail no use case.
    ///   - now: The time of day.
    /// - Throws: ``StudioError`` with code `workspace` when the folder can't be used or was written by a newer version.
    package init(
        opening folder: WorkspaceFolder,
        for caller: Caller,
        executor: ExecutorAccess = .live,
        logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        self.folder = folder
        self.caller = caller
        self.now = now
        self.executor = executor
        self.logger = logger
        workspace = try Workspace(opening: folder, now: now)
    }

    /// Opens a workspace that exists; creates none.
    ///
    /// - Throws: ``StudioError`` with code `notFound` when there is none.
    package init(
        openingExisting folder: WorkspaceFolder,
        for caller: Caller,
        executor: ExecutorAccess = .live,
        logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        guard Self.exists(folder) else {
            throw StudioError(
                .notFound,
                "There is no workspace at \(folder.path).",
                advice: "Choose another with --workspace DIR; the first command that creates something creates it."
            )
        }
        try self.init(opening: folder, for: caller, executor: executor, logger: logger, now: now)
    }

    /// Returns whether there is a workspace in a folder.
    package static func exists(_ folder: WorkspaceFolder) -> Bool {
        FileManager.default.fileExists(atPath: folder.database)
    }

    /// Why the workspace can only be read, such as "read-only: owned by anna"; nil where it can be changed.
    package var readOnlyReason: String? { workspace.readOnlyReason }
}
