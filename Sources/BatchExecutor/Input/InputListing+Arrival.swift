import BatchDomain
import Foundation

extension InputListing {
    /// Returns whether the `_SUCCESS` of a file's folder, or of one above it, was written after the file.
    func isComplete(_ file: InputFile) -> Bool {
        if successes.isEmpty { return false }
        var folder = file.path[...]
        while !folder.isEmpty {
            folder = folder.dropLast()
            // The folder's path with its slash, and at last that of the input, which is empty.
            guard folder.isEmpty || folder.last == UInt8(ascii: "/") else { continue }
            if let success = successes[Array(folder)], success >= file.modified { return true }
        }
        return false
    }

    /// Leaves out the files that may not be whole yet: those that were changed within the last seconds.
    mutating func keepSettled(for seconds: Int, at now: Date) {
        let latest = Int((now.timeIntervalSince1970 - Double(seconds)) * 1e9)
        let areSettled = files.map { $0.modified <= latest || isComplete($0) }
        keep { areSettled[$0] }
    }
}

extension InputFile {
    /// When it was last changed; nil where that is not known.
    var modifiedAt: Date? {
        modified == Self.unknown ? nil : Date(timeIntervalSince1970: Double(modified) / 1e9)
    }
}
