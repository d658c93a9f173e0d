import BatchDomain
import Foundation

/// A line at the foot of a terminal that tells how far a job is; nothing where there is no terminal.
struct ProgressLine {
    private let stream: Console.Stream
    private let now: @Sendable () -> Date
    private var start: (counts: JobCounts, at: Date)?
    private var drawn = ""

    init(on stream: Console.Stream, now: @escaping @Sendable () -> Date) {
        self.stream = stream
        self.now = now
    }

    /// Writes lines in its place; it is drawn anew below them.
    mutating func print(_ lines: String) {
        if lines.isEmpty { return }
        clear()
        stream.print(lines)
    }

    /// Takes the line away.
    mutating func clear() {
        if !drawn.isEmpty { stream.write("\r\u{1B}[K") }
        drawn = ""
    }

    /// Draws the line as it is now.
    mutating func draw(_ job: Job) {
        guard stream.isTerminal else { return }
        if job.state == .running, start == nil { start = (job.counts, now()) }
        var text = job.state.rawValue
        if let fraction = job.counts.fraction, let planned = job.counts.miniBatches {
            text += "  \(Self.bar(fraction))  \(Int(fraction * 100)) %"
            text += "  \(job.counts.finishedMiniBatches) of \(planned) mini-batches"
            text += estimate(job.counts)
            if job.counts.failedFiles > 0 { text += "  \(job.counts.failedFiles) files failed" }
        } else if let cause = job.cause {
            text += "  \(cause)"
        }
        text = SafeText.of(String(text.prefix(max(0, stream.width - 1))))
        if text == drawn { return }
        clear()
        stream.write(text)
        drawn = text
    }

    private func estimate(_ counts: JobCounts) -> String {
        guard let start, counts.fraction != 1 else { return "" }
        let seconds = now().timeIntervalSince(start.at)
        let estimate = ProgressEstimate(counts: counts, since: start.counts, seconds: seconds)
        guard let left = estimate.secondsLeft else { return "" }
        return "  \(Int(estimate.rowsPerSecond)) rows/s  \(Self.duration(left)) left"
    }

    private static func bar(_ fraction: Double) -> String {
        let length = 24
        let full = min(length, max(0, Int(fraction * Double(length))))
        return String(repeating: "█", count: full) + String(repeating: "░", count: length - full)
    }

    private static func duration(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return switch whole {
        case ..<60: "\(whole) s"
        case ..<3600: "\(whole / 60) min \(whole % 60) s"
        default: "\(whole / 3600) h \(whole / 60 % 60) min"
        }
    }
}
