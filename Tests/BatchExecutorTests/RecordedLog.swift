import Foundation
import Logging
import StudioLog
import Synchronization

/// The lines that an executor logs, in memory.
final class RecordedLog: Sendable {
    private let lines = Mutex<[String]>([])

    /// The lines so far.
    var text: String { lines.withLock { $0.joined() } }

    /// A logger of all levels that adds to these lines, in the form of `executor.log`.
    var logger: Logger {
        Logger(label: "bench") { _ in
            LineLogHandler(.record(now: { Date() }), level: .trace) { line in self.lines.withLock { $0.append(line) } }
        }
    }
}
