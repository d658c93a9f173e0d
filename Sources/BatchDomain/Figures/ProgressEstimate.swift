package import FoundationEssentials

/// Speed and time left, from what was finished since scoring began.
package struct ProgressEstimate: Equatable, Sendable {
    /// Mini-batches a second.
    package var miniBatchesPerSecond: Double
    /// Output rows a second.
    package var rowsPerSecond: Double
    /// Seconds until the last mini-batch; nil while nothing is finished.
    package var secondsLeft: Double?

    /// Estimates a running job from its progress now and its counts when it last began, or resumed, to score: the same for every face.
    ///
    /// - Parameters:
    ///   - progress: The progress now.
    ///   - transitions: The job's steps; nil when the last one is not ``JobState/running``, or does not say its counts.
    ///   - now: The time now.
    package init?(_ progress: JobProgress, transitions: [JobTransition], now: Date) {
        guard let last = transitions.last, last.state == .running, let finished = last.finishedMiniBatches,
            let rows = last.rows
        else { return nil }
        var start = JobCounts()
        start.doneMiniBatches = finished
        start.rows = rows
        self.init(progress, since: start, seconds: now.timeIntervalSince(last.at))
    }

    /// Estimates from the progress now and the counts when scoring began or resumed.
    ///
    /// - Parameters:
    ///   - progress: The progress now.
    ///   - start: The counts when scoring began.
    ///   - seconds: The time between, in seconds.
    package init(_ progress: JobProgress, since start: JobCounts, seconds: Double) {
        let finished = progress.miniBatches - Double(start.finishedMiniBatches)
        miniBatchesPerSecond = seconds > 0 ? finished / seconds : 0
        rowsPerSecond = seconds > 0 ? Double(progress.rows - start.rows) / seconds : 0
        if let planned = progress.counts.miniBatches, miniBatchesPerSecond > 0 {
            secondsLeft = max(0, Double(planned) - progress.miniBatches) / miniBatchesPerSecond
        }
    }
}
