/// The progress of a job that runs: its counts, with what its workers have scored of the mini-batches that they have in work.
///
/// A large file is one mini-batch, or a few: counted by those alone, its job would seem to stand still.
package struct JobProgress: Equatable, Sendable {
    /// The counts of finished mini-batches.
    package let counts: JobCounts
    /// Mini-batches, those in work by their share.
    package let miniBatches: Double
    /// Output rows.
    package let rows: Int
    /// Bytes of output rows.
    package let bytes: Int

    /// - Parameters:
    ///   - counts: The counts of finished mini-batches.
    ///   - workers: The activity of the workers.
    package init(_ counts: JobCounts, _ workers: [WorkerStatus] = []) {
        let unfinished = max(0, (counts.miniBatches ?? 0) - counts.finishedMiniBatches)
        let shares = workers.reduce(0) { $0 + min(1, max(0, $1.share ?? 0)) }
        self.counts = counts
        miniBatches = Double(counts.finishedMiniBatches) + min(shares, Double(unfinished))
        rows = workers.reduce(counts.rows) { $0 + max(0, $1.rows ?? 0) }
        bytes = workers.reduce(counts.bytes) { $0 + max(0, $1.bytes ?? 0) }
    }

    /// The share of the input that is scored, 0 to 1; nil until mini-batches are planned.
    package var fraction: Double? {
        counts.miniBatches.map { $0 == 0 ? 1 : min(1, miniBatches / Double($0)) }
    }
}
