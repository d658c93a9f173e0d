import Glibc
import Synchronization
import SystemKit

/// The folders of the cache that this process uses: each stays locked until the process ends, and no cleaning removes it.
///
/// A process keeps what it has used once, since hosts start at any moment of a job; executors end when they are idle. The lock is shared
/// among those who use a folder, and excludes who removes it. Its file is beside the folder and stays, so that no process locks a
/// removed one; the time of its last change is that of the folder's last use.
enum CacheUse {
    private static let held = Mutex<[String: FileLock]>([:])

    /// The lock's file of a folder.
    static func lockFile(of folder: String) -> String { folder + ".use" }

    /// Returns whether a name in the cache is that of a lock.
    static func isLockFile(_ name: String) -> Bool { name.hasSuffix(".lock") || name.hasSuffix(".use") }

    /// Holds a folder, waiting while it is being removed.
    static func hold(_ folder: String) async throws {
        let path = lockFile(of: folder)
        while !(try attempt(folder, path)) { try await Task.sleep(for: .milliseconds(50)) }
    }

    /// Holds a folder; false while it is being removed.
    static func attempt(_ folder: String) throws(FileError) -> Bool { try attempt(folder, lockFile(of: folder)) }

    private static func attempt(_ folder: String, _ path: String) throws(FileError) -> Bool {
        let isHeld = held.withLock { $0[path] != nil }
        if !isHeld {
            let lock: FileLock?
            do throws(FileError) {
                lock = try FileLock.attempt(at: path, shared: true)
            } catch  where isReadOnly(error) {
                return true
            }
            guard let lock else { return false }
            // Of two callers at once one keeps its lock; the other's is released, which the first one's does not feel.
            held.withLock { $0[path] = $0[path] ?? lock }
        }
        utimes(path, nil)
        return true
    }

    /// Holds a folder, blocking while it is being removed: for what is removed in no time.
    static func holdBlocking(_ folder: String) throws(FileError) {
        let path = lockFile(of: folder)
        if held.withLock({ $0[path] != nil }) { return }
        do throws(FileError) {
            let lock = try FileLock.acquire(at: path, shared: true)
            held.withLock { $0[path] = $0[path] ?? lock }
            utimes(path, nil)
        } catch  where isReadOnly(error) {}
    }

    /// Returns whether the cache can't be written: then no cleaning of this user removes anything either.
    private static func isReadOnly(_ error: FileError) -> Bool { error.code == EACCES || error.code == EROFS }

    /// Runs the body while no process uses a folder, this one included; returns nil without running it where one does.
    static func excluding<Result>(_ folder: String, _ body: () throws -> Result) throws -> Result? {
        guard let lock = try FileLock.attempt(at: lockFile(of: folder)) else { return nil }
        defer { lock.release() }
        return try body()
    }

    /// Returns whether a process uses a folder.
    static func isInUse(_ folder: String) -> Bool { (try? FileLock.isHeld(at: lockFile(of: folder))) ?? true }
}
