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
    ///   - work: What is scored of those in work.
    package init(_ counts: JobCounts, _ work: UnfinishedWork = UnfinishedWork()) {
        let unfinished = max(0, (counts.miniBatches ?? 0) - counts.finishedMiniBatches)
        self.counts = counts
        miniBatches = Double(counts.finishedMiniBatches) + min(work.miniBatches, Double(unfinished))
        rows = counts.rows + work.rows
        bytes = counts.bytes + work.bytes
    }

    /// - Parameters:
    ///   - job: The job.
    ///   - workers: The activity of its workers, which counts while it runs: later it is what they did last.
    package init(_ job: Job, _ workers: [WorkerStatus]) {
        self.init(job.counts, job.state == .running ? UnfinishedWork(workers) : UnfinishedWork())
    }

    /// The share of the input that is scored, 0 to 1; nil until mini-batches are planned.
    package var fraction: Double? {
        counts.miniBatches.map { $0 == 0 ? 1 : min(1, miniBatches / Double($0)) }
    }
}

/// What the workers of a job have scored of mini-batches that are not finished.
package struct UnfinishedWork: Equatable, Sendable {
    /// The shares of these mini-batches that are scored, added.
    package var miniBatches = 0.0
    /// Output rows.
    package var rows = 0
    /// Bytes of these rows.
    package var bytes = 0

    package init() {}

    package init(_ workers: [WorkerStatus]) {
        for worker in workers {
            miniBatches += min(1, max(0, worker.share ?? 0))
            rows += max(0, worker.rows ?? 0)
            bytes += max(0, worker.bytes ?? 0)
        }
    }
}
