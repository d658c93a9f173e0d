import BatchDomain
import Foundation
import Glibc
import Synchronization

/// The right to run the jobs of a workspace: a lock that the kernel takes back when its process dies.
package final class ExecutorLock: Sendable {
    private let descriptor: Int32
    private let isHeld = Mutex(true)

    // Locks of an open file, not of a process; Glibc hides these numbers from Swift behind `_GNU_SOURCE`.
    private static let getLock: Int32 = 36
    private static let setLock: Int32 = 37

    /// Takes the lock; nil when another process holds it.
    package static func acquire(at path: String) throws -> ExecutorLock? {
        let descriptor = try open(path)
        var wanted = wholeFile
        guard fcntl(descriptor, setLock, &wanted) == 0 else {
            close(descriptor)
            return nil
        }
        return ExecutorLock(descriptor: descriptor)
    }

    /// Whether anybody holds the lock.
    ///
    /// It is asked for, not tried: an executor that starts at this moment must not find the lock taken by one that only looks.
    package static func isHeld(at path: String) throws -> Bool {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        // Asking makes no file: it may be asked of a workspace that is gone, or that may not be written.
        if descriptor < 0, errno == ENOENT || errno == EACCES { return false }
        guard descriptor >= 0 else { throw refusal(path) }
        defer { close(descriptor) }
        var other = wholeFile
        return fcntl(descriptor, getLock, &other) == 0 && other.l_type != Int16(F_UNLCK)
    }

    private static var wholeFile: flock {
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        return lock
    }

    private static func open(_ path: String) throws -> Int32 {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw refusal(path) }
        return descriptor
    }

    private static func refusal(_ path: String) -> StudioError {
        StudioError(.workspace, "\(path) can't be opened: \(String(cString: strerror(errno))).")
    }

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        release()
    }

    /// Gives the lock back.
    package func release() {
        isHeld.withLock { isHeld in
            // Who held it is not to be taken for who holds it next.
            if isHeld {
                ftruncate(descriptor, 0)
                close(descriptor)
            }
            isHeld = false
        }
    }

    /// Writes into the lock's file who holds it, for people and for ``ExecutorControl``.
    package func identify(_ holder: ExecutorHolder) {
        let text = holder.text
        ftruncate(descriptor, 0)
        _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }
}
