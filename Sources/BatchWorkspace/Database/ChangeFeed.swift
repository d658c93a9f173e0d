package import BatchDomain
import Synchronization
import SystemKit

/// Reports commits of any process to a workspace by watching the database's files; costs nothing while nothing happens.
package struct ChangeFeed: Sendable {
    private let folder: WorkspaceFolder
    private let interval: Duration

    /// Watches a workspace.
    ///
    /// - Parameters:
    ///   - folder: The workspace.
    ///   - milliseconds: Minimum time from one report to the next.
    package init(_ folder: WorkspaceFolder, everyMilliseconds milliseconds: Int = 25) {
        self.folder = folder
        interval = .milliseconds(milliseconds)
    }

    /// One element at once, then some after each burst of changes, until the caller's task ends.
    ///
    /// Changes during the caller's work are not lost: they make one more element. A commit can be read only some time after
    /// its last write to the file (it is synced in between), so each burst is reported twice: soon, and once more when even a slow
    /// disk is done.
    package func changes() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            continuation.yield()
            let burst = CommitBurst { continuation.yield() }
            // The folder, not the -wal file: SQLite deletes and creates that one again. Read once in a while only: a thousand
            // commits a second cost what forty do.
            let events: FileWatch.Events = [.modified, .created, .movedIn]
            let watch = FileWatch(of: folder.path, for: events, interval: interval) { watch, names in
                guard names.contains(where: { $0.hasPrefix("studio.sqlite") }) else { return }
                watch.perform(after: Self.pause) { if !watch.isStopped { burst.grow(watch) } }
            }
            guard let watch else { return continuation.finish() }
            continuation.onTermination = { _ in watch.stop() }
        }
    }

    /// Time from the first change of a burst to its report.
    private static let pause: Duration = .milliseconds(25)
}

/// Commits in quick succession: reported as they come, and once more when they are over.
private final class CommitBurst: Sendable {
    /// Time from the last change to the last report.
    private static let settling: Duration = .milliseconds(300)

    /// The time of the last change, while a report is to come.
    private let lastChange = Mutex<ContinuousClock.Instant?>(nil)
    private let report: @Sendable () -> Void

    init(report: @escaping @Sendable () -> Void) {
        self.report = report
    }

    /// Reports a change, which may begin a burst.
    func grow(_ watch: FileWatch) {
        let isFirst = lastChange.withLock { last in
            defer { last = .now }
            return last == nil
        }
        report()
        if isFirst { reportEnd(after: Self.settling, watch) }
    }

    private func reportEnd(after delay: Duration, _ watch: FileWatch) {
        watch.perform(after: delay) { [self] in
            let rest: Duration = lastChange.withLock { last in
                let quiet = last.map { $0.duration(to: .now) } ?? Self.settling
                if quiet < Self.settling { return Self.settling - quiet }
                last = nil
                return .zero
            }
            if watch.isStopped { return }
            if rest > .zero { reportEnd(after: rest, watch) } else { report() }
        }
    }
}
