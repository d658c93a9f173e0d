import BatchDomain
import FoundationEssentials

/// How fast a job goes: rows a second for the curve, and how long it will still take.
struct JobSpeed: Equatable {
    /// Rows a second, one value for each second, the newest last.
    private(set) var rows: [Double] = []
    private var lastRows: Int?
    private var gathered = 0.0
    /// What was done when scoring was first seen.
    private var start: JobCounts?
    private var watched = 0.0
    private static let longest = 600

    /// Puts what was scored before the watch began in front.
    mutating func begin(with past: [Double]) {
        rows = (past + rows).suffix(Self.longest)
    }

    /// Lets time go by; at each full second the curve grows.
    mutating func advance(by seconds: Double, counts: JobCounts, isScoring: Bool) {
        guard isScoring else {
            (lastRows, start, gathered, watched) = (nil, nil, 0, 0)
            return
        }
        if start == nil { start = counts }
        watched += seconds
        gathered += seconds
        guard gathered >= 0.95 else { return }
        if let lastRows { rows.append(max(0, Double(counts.rows - lastRows) / gathered)) }
        if rows.count > Self.longest { rows.removeFirst() }
        lastRows = counts.rows
        gathered = 0
    }

    /// Speed and time left: from what was seen, or from the time since scoring began while little was seen.
    func estimate(_ content: JobContent, now: Date) -> ProgressEstimate? {
        let counts = content.job.counts
        guard content.job.state == .running else { return nil }
        if let start, watched >= 4, counts.finishedMiniBatches > start.finishedMiniBatches {
            return ProgressEstimate(counts: counts, since: start, seconds: watched)
        }
        // What a resumed job had done before says nothing of how fast it is now.
        let starts = content.transitions.filter { $0.state == .running }
        guard starts.count == 1, let began = starts.first?.at else { return nil }
        return ProgressEstimate(counts: counts, since: JobCounts(), seconds: now.timeIntervalSince(began))
    }
}
