import BatchDomain
import StudioCore

/// The progress of a job that a command waits for, on the error stream: a line that changes on a terminal, lines of their own elsewhere.
struct WaitProgress {
    private let session: Session
    private let studio: Studio
    private var line: ProgressLine
    private var log: JobLogText
    private var shownState: String?
    /// Tenths of the mini-batches that were reported as finished.
    private var shownTenths = 0
    /// The last step of the job's preparation.
    private var step: String?

    init(of job: Job, in studio: Studio, _ session: Session) {
        self.session = session
        self.studio = studio
        line = ProgressLine(on: session.console.error, now: session.surroundings.now)
        log = JobLogText(of: job, log: studio.folder.job(job.name).controllerLog, isTerminal: false)
    }

    /// Shows the job as it is, and the steps among its log's new lines.
    mutating func show(_ job: Job, _ newLines: [JobLogLine]) async throws {
        let steps = job.counts.miniBatches == nil ? Self.steps(in: log.text(of: newLines)) : []
        step = steps.last ?? step
        if session.console.error.isTerminal {
            line.draw(
                job,
                transitions: try await studio.transitions(of: job.name),
                workers: try await studio.workers(of: job.name),
                step: step
            )
            return
        }
        // A job that waits for something has a cause before its end; at its end the command shows it.
        let cause = job.state.isTerminal ? nil : job.cause
        let state = job.state.rawValue + (cause.map { ": \($0)" } ?? "")
        if state != shownState { session.report("Job \(job.name): \(state)") }
        shownState = state
        for step in steps { session.report(step) }
        let tenths = Int((job.counts.fraction ?? 0) * 10)
        if tenths > shownTenths, tenths < 10 {
            session.report(
                "\(tenths * 10) %: \(job.counts.finishedMiniBatches) of \(job.counts.miniBatches ?? 0) mini-batches"
            )
        }
        shownTenths = max(tenths, shownTenths)
    }

    /// Takes the line off the terminal.
    mutating func end() { line.clear() }

    /// The texts of a log's lines, without their date, time and level.
    private static func steps(in text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).last.map(String.init)
        }
    }
}
