import BatchDomain
import DisplayText
import Foundation

/// A job's progress in the last line of a terminal; nothing where there is no terminal.
struct ProgressLine {
    private let stream: Console.Stream
    private let now: @Sendable () -> Date
    private var drawn = ""

    init(on stream: Console.Stream, now: @escaping @Sendable () -> Date) {
        self.stream = stream
        self.now = now
    }

    /// Writes lines in its place; it is drawn again below them.
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
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - transitions: The states that it has entered.
    ///   - workers: Its workers, whose rows count before their mini-batches are finished.
    ///   - step: The step of its preparation, which has no figures.
    mutating func draw(
        _ job: Job,
        transitions: [JobTransition],
        workers: [WorkerStatus] = [],
        step: String? = nil
    ) {
        guard stream.isTerminal else { return }
        var text = job.state.rawValue
        let progress = JobProgress(job, workers)
        if let fraction = progress.fraction, let planned = job.counts.miniBatches {
            text += "  \(Self.bar(fraction))  \(Figures.percent(fraction))"
            text += "  \(job.counts.finishedMiniBatches) of \(planned) mini-batches"
            text += estimate(progress, transitions)
            if job.counts.failedFiles > 0 { text += "  \(job.counts.failedFiles) files failed" }
        } else if let words = job.cause ?? step {
            text += "  \(words)"
        }
        text = text.escapedForTerminal.fitted(to: max(0, stream.width - 1))
        if text == drawn { return }
        clear()
        stream.write(text)
        drawn = text
    }

    private func estimate(_ progress: JobProgress, _ transitions: [JobTransition]) -> String {
        let estimate = ProgressEstimate(progress, transitions: transitions, now: now())
        guard progress.fraction != 1, let estimate, let left = estimate.secondsLeft else { return "" }
        return "  \(Figures.rate(estimate.rowsPerSecond)) rows/s  \(Figures.duration(left)) left"
    }

    private static func bar(_ fraction: Double) -> String {
        let length = 24
        let full = min(length, max(0, Int(fraction * Double(length))))
        return String(repeating: "█", count: full) + String(repeating: "░", count: length - full)
    }
}
