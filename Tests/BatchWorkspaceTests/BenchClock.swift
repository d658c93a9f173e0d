import Foundation
import Synchronization

/// A clock that stands still until it is set.
final class BenchClock: Sendable {
    private let time: Mutex<Date>

    init(_ start: Date) {
        time = Mutex(start)
    }

    var now: Date { time.withLock { $0 } }

    /// Sets it forward, or back.
    func advance(by seconds: TimeInterval) { time.withLock { $0 += seconds } }
}
