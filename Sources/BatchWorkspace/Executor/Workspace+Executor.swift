import BatchDomain
import SystemKit

extension Workspace {
    /// Whether an executor runs.
    package var hasExecutor: Bool { (try? FileLock.isHeld(at: folder.executorLock)) ?? false }
}
