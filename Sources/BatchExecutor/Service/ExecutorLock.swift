import BatchDomain
import Foundation
import Glibc
import Synchronization

/// The right to run the jobs of a workspace: a lock that the kernel takes back when its process dies.
package final class ExecutorLock: Sendable {
    private let descriptor: Int32
    private let isHeld = Mutex(true)

    /// Takes the lock; nil when another process holds it.
    package static func acquire(at path: String) throws -> ExecutorLock? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StudioError(.workspace, "\(path) can't be opened: \(String(cString: strerror(errno))).")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return ExecutorLock(descriptor: descriptor)
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
            if isHeld { close(descriptor) }
            isHeld = false
        }
    }

    /// Writes into the lock's file who holds it, for people and for ``ExecutorControl``.
    func identify(pid: Int32) {
        let text = "\(pid)\n"
        ftruncate(descriptor, 0)
        _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }
}
