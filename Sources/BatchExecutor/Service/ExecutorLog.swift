import Foundation
import Glibc

/// The executor's own log, of bounded size: the current file and the one before.
enum ExecutorLog {
    /// Bytes beyond which a log becomes the old one.
    static let limit = 10_000_000

    /// Where the old log of a log is.
    static func old(_ log: String) -> String { log + ".1" }

    /// The size of a log in bytes; 0 where there is none.
    static func size(of log: String) -> Int {
        var status = stat()
        return stat(log, &status) == 0 ? status.st_size : 0
    }

    /// Makes a log that is too large the old one; returns whether it did.
    @discardableResult
    static func rotate(_ log: String, beyond limit: Int = limit) -> Bool {
        size(of: log) > limit && rename(log, old(log)) == 0
    }

    /// Rotates the log of this process when it is too large.
    static func rotateOwn(_ log: String) {
        var (own, named) = (stat(), stat())
        guard fstat(STDERR_FILENO, &own) == 0, stat(log, &named) == 0, own.st_ino == named.st_ino,
            own.st_dev == named.st_dev, rotate(log)
        else { return }
        let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        dup2(descriptor, STDOUT_FILENO)
        dup2(descriptor, STDERR_FILENO)
        close(descriptor)
    }
}
