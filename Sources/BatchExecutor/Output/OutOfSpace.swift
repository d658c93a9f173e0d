import BatchWorkers
import Foundation

/// Tells whether an error comes from a full disk: that holds a job up and does not end it.
enum OutOfSpace {
    /// What C libraries and SQLite say, and with them the tools and scripts that pass it on.
    private static let words = ["No space left on device", "Disk quota exceeded", "database or disk is full"]

    static func isCause(of error: any Error) -> Bool {
        if error is DiskFull { return true }
        if let error = error as? CocoaError, error.code == .fileWriteOutOfSpace { return true }
        let text = "\(error)"
        return words.contains { text.contains($0) }
    }
}
