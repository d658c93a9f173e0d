import BatchDomain
import SystemKit

/// The lock of a change that reads first and writes back: otherwise what one command sets is lost
/// when another writes back what it has read before.
package final class UpdateLock: Sendable {
    private let lock: FileLock

    fileprivate init(at path: String) throws {
        lock = try FileLock.acquire(at: path)
    }

    /// Lets the next one have its turn.
    package func end() { lock.release() }
}

extension Workspace {
    /// Waits for the turn to change something that is read first.
    package func updateLock() throws -> UpdateLock {
        try database.checkWritable()
        return try UpdateLock(at: folder.path + "/update.lock")
    }
}
