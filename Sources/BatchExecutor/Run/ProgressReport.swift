import BatchDomain

/// Lines about progress in Azure's words, often at first and then every ten seconds.
struct ProgressReport {
    private let start: JobCounts
    private let began: SuspendingClock.Instant
    private var next: SuspendingClock.Instant
    private var step: Duration = .seconds(1)

    init(start: JobCounts, at now: SuspendingClock.Instant) {
        self.start = start
        began = now
        next = now + step
    }

    /// The line that is due, if one is.
    mutating func line(_ progress: JobProgress, at now: SuspendingClock.Instant) -> String? {
        guard now >= next else { return nil }
        step = min(step * 2, .seconds(10))
        next = now + step
        let seconds = began.duration(to: now).seconds
        let estimate = ProgressEstimate(progress, since: start, seconds: seconds)
        let counts = progress.counts
        guard counts.finishedMiniBatches > 0 else {
            let rows = progress.rows - counts.rows
            return "No task has been processed yet." + (rows > 0 ? " \(rows) rows of tasks in work are scored." : "")
        }
        let left = estimate.secondsLeft.map { " Estimated remaining time \(Figures.clock($0))." } ?? ""
        return "Processed \(counts.finishedMiniBatches) of \(counts.miniBatches ?? 0) mini batches in "
            + "\(Figures.clock(seconds)).\(left) \(counts.failedFiles) items failed."
    }
}
