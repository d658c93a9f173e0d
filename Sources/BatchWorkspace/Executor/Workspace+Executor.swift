import BatchDomain
import SystemKit

extension Workspace {
    /// The state of an executor.
    package var hasExecutor: Bool { (try? FileLock.isHeld(at: folder.executorLock)) ?? false }
}
