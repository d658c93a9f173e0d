package import BatchWorkspace

/// What commands ask of the process that runs jobs.
package struct ExecutorAccess: Sendable {
    /// Starts one for the workspace unless it runs.
    package var ensureRunning: @Sendable (WorkspaceFolder) throws -> Void
    /// Tells the running one that there is something new.
    package var wake: @Sendable (WorkspaceFolder) -> Void

    package init(
        ensureRunning: @escaping @Sendable (WorkspaceFolder) throws -> Void,
        wake: @escaping @Sendable (WorkspaceFolder) -> Void
    ) {
        self.ensureRunning = ensureRunning
        self.wake = wake
    }

    /// The executor of this very binary.
    package static var live: ExecutorAccess {
        ExecutorAccess(ensureRunning: { _ in }, wake: { _ in })
    }
}
