import BatchDomain

extension Workspace {
    /// Whether an executor runs.
    package var hasExecutor: Bool { (try? ExecutorLock.isHeld(at: folder.executorLock)) ?? false }
}
