package import BatchDomain
import BatchExecutor
import BatchWorkers
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

    /// Starts one that checks what jobs need and exits; returns a finding for each check, none where that is not wanted.
    package var probe: @Sendable (WorkspaceFolder) throws -> [Finding]

    package init(
        ensureRunning: @escaping @Sendable (WorkspaceFolder) throws -> Void,
        process: @escaping @Sendable (WorkspaceFolder) throws -> Int?,
        stop: @escaping @Sendable (WorkspaceFolder) throws -> Void,
        probe: @escaping @Sendable (WorkspaceFolder) throws -> [Finding] = { _ in [] }
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
            probe: { folder in
                try ExecutorControl(folder: folder).probe().map { check, result in
                    switch result {
                    case .success(let found): Finding(name: check.rawValue, state: .ok, found: found)
                    case .failure(let error): Finding(name: check.rawValue, failure: error)
                    }
                }
            }
        )
    }
}
