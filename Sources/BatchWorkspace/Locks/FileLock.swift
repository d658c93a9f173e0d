import BatchDomain
import Foundation
import Glibc

/// A lock on a file that the kernel lets go of when its process dies; nothing is ever stale.
enum FileLock {
    /// Runs the body while no other process holds the lock, waiting for it as long as it takes.
    static func withExclusiveLock<Result>(at path: String, _ body: () throws -> Result) throws -> Result {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StudioError(.workspace, "\(path) can't be opened: \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                throw StudioError(.workspace, "\(path) can't be locked: \(String(cString: strerror(errno))).")
            }
        }
        return try body()
    }
}
