import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio job stream`.
struct JobStream: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "stream",
        abstract: "Follow a job's log until it ends; the exit code is 1 when the job fails or is canceled.",
        discussion: "Example: batchstudio job stream -n JOB"
    )

    @Flag(name: .customLong("no-user-logs"), help: "Leave out what the scoring script prints.")
    var hidesPrints = false

    @OptionGroup var job: JobOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio(startsExecutor: false)
        try await Self.follow(job.name(in: studio, session), in: studio, showsPrints: !hidesPrints, session)
    }

    /// Prints a job's log as it grows, and the summary when it has ended.
    ///
    /// - Throws: ``StudioError`` for a job that failed or was canceled, and when no executor can be started for it.
    static func follow(_ name: String, in studio: Studio, showsPrints: Bool = true, _ session: Session) async throws {
        let job = try await studio.job(name)
        try studio.requireExecutor(for: job)
        let output = session.console.output
        output.print("RunId: \(job.name)\nWeb View: \(job.address)\n\n")
        output.print("Streaming user_logs/std_log_0.txt\n=================================\n\n")

        var text = JobLogText(of: job, log: studio.folder.job(job.name).controllerLog, isTerminal: output.isTerminal)
        var line = ProgressLine(on: output, now: session.surroundings.now)
        let ended = try await studio.follow(job.name, log: showsPrints ? .all : .executor) { job, newLines in
            line.print(text.text(of: newLines))
            if !job.state.isTerminal {
                line.draw(
                    job,
                    transitions: try await studio.transitions(of: job.name),
                    workers: try await studio.workers(of: job.name)
                )
            }
        }
        line.print(text.end())
        line.clear()
        session.ring()
        output.print("\n" + (try await JobSummaryText(ended, in: studio).text))
        if let failure = Self.failure(of: ended) { throw failure }
    }

    private static func failure(of job: Job) -> StudioError? {
        switch job.state {
        // The summary has the cause.
        case .failed: StudioError(.scoring, "Job \(job.name) failed.")
        case .canceled: StudioError(.invalidState, "Job \(job.name) was canceled.")
        default: nil
        }
    }
}
