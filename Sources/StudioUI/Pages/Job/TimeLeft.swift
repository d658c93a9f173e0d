import BatchDomain

/// The time that a job still takes, as it is shown: it counts down, and follows new estimates slowly.
struct TimeLeft: Equatable {
    /// The share of a new estimate: eight mini-batches change it by two thirds.
    private static let share = 0.125

    /// The seconds; nil while nothing is known.
    private(set) var seconds: Double?
    private var finished: Double?

    /// Takes an estimate after more of the mini-batches is scored; without that it would only grow.
    mutating func update(_ estimate: Double?, finished: Double) {
        guard let estimate, finished != self.finished else { return }
        let ended = Int(min(64, max(1, finished - (self.finished ?? finished))))
        self.finished = finished
        guard let shown = seconds else {
            seconds = estimate
            return
        }
        var rest = 1.0
        for _ in 0..<ended { rest *= 1 - Self.share }
        seconds = estimate + (shown - estimate) * rest
    }

    /// Lets time go by.
    mutating func advance(by elapsed: Double) {
        seconds = seconds.map { max(1, $0 - elapsed) }
    }

    /// Forgets what it knew, as the job is not scored now.
    mutating func reset() {
        (seconds, finished) = (nil, nil)
    }
}
