package import FoundationEssentials

/// The files of an input that no job has taken yet, from one listing of it to the next.
///
/// ```swift
/// switch arrivals.observe(files, at: now) {
/// case .due(let files): start(files)
/// case .later(let time): timer.set(to: time)
/// case .none: break
/// }
/// ```
package struct Arrivals: Sendable {
    /// A file that a listing has found.
    package struct File: Equatable, Sendable {
        /// Its path.
        package var path: [UInt8]
        /// Its version.
        package var digest: FileDigest
        /// When it was last changed; nil where that is not known.
        package var modifiedAt: Date?
        /// True when its folder's `_SUCCESS` says that it is complete.
        package var isComplete: Bool

        package init(path: [UInt8], digest: FileDigest, modifiedAt: Date?, isComplete: Bool = false) {
            self.path = path
            self.digest = digest
            self.modifiedAt = modifiedAt
            self.isComplete = isComplete
        }
    }

    /// What follows from a listing.
    package enum Decision: Equatable, Sendable {
        /// No file waits.
        case none
        /// The input must be listed again at a time.
        case later(Date)
        /// A job of these files is due.
        case due([FileDigest])
    }

    private struct Waiting {
        var digest: FileDigest
        /// Since when it stands still.
        var since: Date
    }

    /// When files start a job.
    package let rule: ArrivalRule
    private var waiting: [[UInt8]: Waiting] = [:]
    /// When the first of the files arrived that the next job takes.
    private var firstAt: Date?

    package init(_ rule: ArrivalRule) {
        self.rule = rule
    }

    /// Compares a listing with the one before.
    ///
    /// - Parameters:
    ///   - files: The files that no job has scored or taken.
    ///   - now: The time now, before which the listing began.
    /// - Returns: What follows.
    package mutating func observe(_ files: [File], at now: Date) -> Decision {
        var next: [[UInt8]: Waiting] = [:]
        next.reserveCapacity(files.count)
        var arrived: [FileDigest] = []
        var settlesAt: Date?
        for file in files {
            // A file that is found for the first time stands still since its last change; one that was found with other values, since now.
            // A clock that was set back, or a server's that is ahead, delays a file by one more `settle`.
            let since =
                switch waiting[file.path] {
                case let known? where known.digest == file.digest: min(known.since, now)
                case .some: now
                case nil: min(file.modifiedAt ?? now, now)
                }
            next[file.path] = Waiting(digest: file.digest, since: since)
            let stillAt = since.addingTimeInterval(Double(rule.settle))
            if file.isComplete || stillAt <= now {
                arrived.append(file.digest)
            } else {
                settlesAt = min(settlesAt ?? stillAt, stillAt)
            }
        }
        waiting = next
        guard !arrived.isEmpty else {
            firstAt = nil
            return settlesAt.map { .later($0) } ?? .none
        }
        let first = min(firstAt ?? now, now)
        firstAt = first
        let dueAt = first.addingTimeInterval(Double(rule.collect))
        if dueAt > now { return .later(min(dueAt, settlesAt ?? dueAt)) }
        firstAt = nil
        return .due(arrived)
    }
}
