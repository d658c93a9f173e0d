import BatchWorkers
import Foundation
import SystemKit

/// Decides whether an error comes from a full disk, which pauses a job and does not fail it.
enum OutOfSpace {
    /// The texts of C libraries and SQLite, which tools and scripts pass on.
    private static let words = ["No space left on device", "Disk quota exceeded", "database or disk is full"]

    static func isCause(of error: any Error) -> Bool {
        if let error = error as? FileError { return error.isDiskFull }
        if let error = error as? CocoaError, error.code == .fileWriteOutOfSpace { return true }
        let cause = (error as? CocoaError)?.userInfo[NSUnderlyingErrorKey] as? POSIXError
        if let code = cause?.code, code == .ENOSPC || code == .EDQUOT { return true }
        return isCause(named: "\(error)")
    }

    /// The cause of a paused job, by the error of its full disk.
    static func cause(of error: any Error) -> String {
        let text = error is FileError ? "\(error)" : "There is no space left: \(error)"
        return "\(text)\(text.hasSuffix(".") ? "" : ".") The job resumes when there is free space."
    }

    /// Returns whether a text of a tool or a script names a full disk.
    static func isCause(named text: String) -> Bool {
        words.contains { text.contains($0) }
    }
}
