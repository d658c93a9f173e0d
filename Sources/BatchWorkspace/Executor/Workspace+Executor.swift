import BatchDomain
import SystemKit

extension Workspace {
    /// True while an executor runs.
    package var hasExecutor: Bool { (try? FileLock.isHeld(at: folder.executorLock)) ?? false }
}
