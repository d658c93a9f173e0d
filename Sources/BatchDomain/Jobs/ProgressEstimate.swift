/// Speed and time left, from what was finished since scoring began.
package struct ProgressEstimate: Equatable, Sendable {
    /// Mini-batches a second.
    package var miniBatchesPerSecond: Double
    /// Output rows a second.
    package var rowsPerSecond: Double
    /// Seconds until the last mini-batch; nil while nothing is finished.
    package var secondsLeft: Double?

    /// Estimates from counts now and when scoring began or was taken up again.
    ///
    /// - Parameters:
    ///   - counts: The counts now.
    ///   - start: The counts when scoring began.
    ///   - seconds: The time between, in seconds.
    package init(counts: JobCounts, since start: JobCounts, seconds: Double) {
        let finished = counts.finishedMiniBatches - start.finishedMiniBatches
        miniBatchesPerSecond = seconds > 0 ? Double(finished) / seconds : 0
        rowsPerSecond = seconds > 0 ? Double(counts.rows - start.rows) / seconds : 0
        if let planned = counts.miniBatches, miniBatchesPerSecond > 0 {
            secondsLeft = Double(max(0, planned - counts.finishedMiniBatches)) / miniBatchesPerSecond
        }
    }
}
