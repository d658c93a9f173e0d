/// Neighbouring mini-batches that ended the same way.
package struct MiniBatchRun: Hashable, Sendable {
    /// The first one.
    package var first: Int
    /// How many they are, 1 or more.
    package var count: Int
    /// True when all their attempts failed.
    package var isFailed: Bool

    package init(first: Int, count: Int, isFailed: Bool) {
        self.first = first
        self.count = count
        self.isFailed = isFailed
    }

    /// The one after the last.
    package var end: Int { first + count }
}
