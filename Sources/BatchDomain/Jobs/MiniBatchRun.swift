/// Neighbouring mini-batches that ended the same way.
package struct MiniBatchRun: Hashable, Sendable {
    /// How mini-batches ended.
    package enum Outcome: Int, Hashable, Sendable {
        /// Scored.
        case done
        /// Scored, but some of their files failed.
        case partial
        /// All their attempts failed.
        case failed
    }

    /// The first one.
    package var first: Int
    /// How many they are, 1 or more.
    package var count: Int
    /// How they ended.
    package var outcome: Outcome

    package init(first: Int, count: Int, outcome: Outcome = .done) {
        self.first = first
        self.count = count
        self.outcome = outcome
    }

    /// The one after the last.
    package var end: Int { first + count }
}

extension [MiniBatchRun] {
    /// Adds the run after the last one, as a part of that where it continues it.
    package mutating func extend(by run: MiniBatchRun) {
        if let last, last.end == run.first, last.outcome == run.outcome {
            self[count - 1].count += run.count
        } else if run.count > 0 {
            append(run)
        }
    }
}
