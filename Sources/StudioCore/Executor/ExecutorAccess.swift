package import BatchDomain
import BatchExecutor
package import BatchWorkers
import BatchWorkspace
import Foundation

/// The access of faces to the process that runs jobs.
package struct ExecutorAccess: Sendable {
    /// Makes sure that one runs for the workspace and checks its queue.
    package var ensureRunning: @Sendable (WorkspaceFolder) throws -> Void
    /// Its process; nil when none runs.
    package var process: @Sendable (WorkspaceFolder) throws -> Int?
    /// Stops the one that runs; the next one resumes its jobs.
    package var stop: @Sendable (WorkspaceFolder) throws -> Void

    /// Starts one that checks what jobs need and exits; nothing where that is not wanted.
    package var probe: Probe

    /// Tries what jobs need for a workspace; returns each check with what was found, or why it failed.
    package typealias Probe =
        @Sendable (WorkspaceFolder) throws -> [(check: StartCheck, result: Result<String, StudioError>)]

    package init(
        ensureRunning: @escaping @Sendable (WorkspaceFolder) throws -> Void,
        process: @escaping @Sendable (WorkspaceFolder) throws -> Int?,
        stop: @escaping @Sendable (WorkspaceFolder) throws -> Void,
        probe: @escaping Probe = { _ in [] }
    ) {
        self.ensureRunning = ensureRunning
        self.process = process
        self.stop = stop
        self.probe = probe
    }

    /// The executor of this very program.
    package static var live: ExecutorAccess {
        ExecutorAccess(
            ensureRunning: { try ExecutorControl(folder: $0).ensureRunning() },
            process: { folder in
                // A look makes no workspace.
                guard FileManager.default.fileExists(atPath: folder.database) else { return nil }
                return switch try ExecutorControl(folder: folder).status() {
                case .stopped: nil
                case .running(let pid): pid
                }
            },
            stop: { try ExecutorControl(folder: $0).stop() },
            probe: { try ExecutorControl(folder: $0).probe() }
        )
    }
}
