import BatchDomain
import Glibc
import Synchronization

/// The right to read something, change it and write it back while nobody else does: otherwise what one command sets is lost
/// when another writes back what it has read before.
package final class UpdateTurn: Sendable {
    private let descriptor: Mutex<Int32>

    fileprivate init(at path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StudioError(.workspace, "\(path) can't be opened: \(String(cString: strerror(errno))).")
        }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                close(descriptor)
                throw StudioError(.workspace, "\(path) can't be locked: \(String(cString: strerror(errno))).")
            }
        }
        self.descriptor = Mutex(descriptor)
    }

    deinit {
        end()
    }

    /// Lets the next one have its turn.
    package func end() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }
}

extension Workspace {
    /// Waits for the turn to change something that is read first.
    package func updateTurn() throws -> UpdateTurn {
        try database.checkWritable()
        return try UpdateTurn(at: folder.path + "/update.lock")
    }
}
