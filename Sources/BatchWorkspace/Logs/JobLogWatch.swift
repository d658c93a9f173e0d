package import BatchDomain
import SystemKit

/// The growth of a job's log; costs nothing while nothing is added.
package enum JobLogWatch {
    /// Minimum time between two reports of a folder.
    private static let interval: Duration = .milliseconds(150)

    /// Reports, until the caller's task ends, that the log may have grown; nil when there is none yet.
    package static func changes(of folder: JobFolder) -> AsyncStream<Void>? {
        let folders = [
            folder.controllerLogs, folder.hostLogs, folder.workerOutput, folder.workerErrors, folder.exceptions,
        ]
        let (changes, report) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let watches = folders.compactMap { path in
            FileWatch(of: path, for: [.modified, .created], interval: interval, onChange: { _, _ in report.yield() })
        }
        guard !watches.isEmpty else { return nil }
        report.onTermination = { _ in for watch in watches { watch.stop() } }
        report.yield()
        return changes
    }
}
