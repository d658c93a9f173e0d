/// The check of the input's columns before the first mini-batch.
struct Preflight {
    /// Maximum number of workers that may die while they check the input.
    private static let maxDeaths = 3

    /// How far the check is.
    enum Stage {
        case waiting
        case asked(of: Int, since: SuspendingClock.Instant)
        /// Carried out; its notes wait for space.
        case noting([String])
        case done
    }

    private(set) var stage: Stage
    /// The mini-batch whose files are checked where files are fetched; nil when none can be.
    private(set) var miniBatch: Int?
    /// Workers that died while they checked the input.
    private(set) var deaths = 0

    init(isNeeded: Bool, miniBatch: Int?) {
        stage = isNeeded ? .waiting : .done
        self.miniBatch = miniBatch
    }

    /// True when mini-batches may be scored.
    var isDone: Bool { if case .done = stage { true } else { false } }

    /// Returns whether a worker is at it.
    func isAsked(of worker: Int) -> Bool { if case .asked(of: worker, _) = stage { true } else { false } }

    mutating func ask(_ worker: Int, at now: SuspendingClock.Instant) {
        stage = .asked(of: worker, since: now)
    }

    /// Checks another mini-batch, or none, when the files of one can't be fetched.
    mutating func moveOn(to miniBatch: Int?) {
        self.miniBatch = miniBatch
    }

    /// Counts a worker that died; whether another one may check the input.
    mutating func workerDied() -> Bool {
        deaths += 1
        return deaths < Self.maxDeaths
    }

    mutating func repeatWithAnother() {
        stage = .waiting
    }

    mutating func note(_ notes: [String]) {
        stage = .noting(notes)
    }

    mutating func finish() {
        stage = .done
    }
}
