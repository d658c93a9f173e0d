import BatchWorkers
import Foundation
import SystemKit

/// Tells whether an error comes from a full disk: that holds a job up and does not end it.
enum OutOfSpace {
    /// What C libraries and SQLite say, and with them the tools and scripts that pass it on.
    private static let words = ["No space left on device", "Disk quota exceeded", "database or disk is full"]

    static func isCause(of error: any Error) -> Bool {
        if let error = error as? FileError { return error.isDiskFull }
        if let error = error as? CocoaError, error.code == .fileWriteOutOfSpace { return true }
        let cause = (error as? CocoaError)?.userInfo[NSUnderlyingErrorKey] as? POSIXError
        if let code = cause?.code, code == .ENOSPC || code == .EDQUOT { return true }
        return isCause(named: "\(error)")
    }

    /// Whether a text that a tool or a script has passed on names a full disk.
    static func isCause(named text: String) -> Bool {
        words.contains { text.contains($0) }
    }
}
