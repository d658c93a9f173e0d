internal import Glibc

/// A file or folder that the system refused to open, write or lock, with its reason.
package struct FileError: Error, Equatable, Sendable {
    /// The operation.
    package enum Operation: Sendable {
        case open
        case read
        case make
        case write
        case lock
    }

    /// The operation.
    package let operation: Operation
    /// The file or folder.
    package let path: String
    /// The system's number for the reason.
    package let code: Int32

    /// An error with a given reason.
    package init(_ operation: Operation, _ path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// The error of the system call that failed last.
    package init(_ operation: Operation, _ path: String) {
        self.init(operation, path, code: errno)
    }

    /// True when the disk, or the user's quota, is full: the same works once there is space.
    package var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }

    /// True when the disk itself reported an error: the same may work when all of it is written again.
    package var isDiskError: Bool { code == EIO }

    /// The reason in the system's words.
    package var reason: String { String(cString: strerror(code)) }

    /// The error of a disk without space, for a tool that reports it in words only.
    package static func diskFull(_ path: String) -> FileError { FileError(.write, path, code: ENOSPC) }
}

extension FileError: CustomStringConvertible {
    package var description: String {
        if isDiskFull { return "There is no space left for \(path)." }
        let verb =
            switch operation {
            case .open: "opened"
            case .read: "read"
            case .make: "made"
            case .write: "written"
            case .lock: "locked"
            }
        return "\(path) can't be \(verb): \(reason)."
    }
}
