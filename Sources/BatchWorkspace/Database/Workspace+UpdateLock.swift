import BatchDomain
package import SystemKit

extension Workspace {
    /// Waits for the lock of a change that reads first and writes back: otherwise what one command sets is lost when another
    /// writes back what it has read before.
    package func updateLock() throws -> FileLock {
        try database.checkWritable()
        return try FileLock.acquire(at: folder.path + "/update.lock")
    }
}
