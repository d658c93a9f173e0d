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
    mutating func line(_ counts: JobCounts, at now: SuspendingClock.Instant) -> String? {
        guard now >= next else { return nil }
        step = min(step * 2, .seconds(10))
        next = now + step
        let seconds = began.duration(to: now).seconds
        let estimate = ProgressEstimate(counts: counts, since: start, seconds: seconds)
        guard counts.finishedMiniBatches > 0 else { return "No task has been processed yet." }
        let left = estimate.secondsLeft.map { " Estimated remaining time \(Self.clock($0))." } ?? ""
        return "Processed \(counts.finishedMiniBatches) of \(counts.miniBatches ?? 0) mini batches in "
            + "\(Self.clock(seconds)).\(left) \(counts.failedFiles) items failed."
    }

    private static func clock(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))"
    }
}
