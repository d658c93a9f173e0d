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
