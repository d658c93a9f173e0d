import ArgumentParser
import BatchDomain
import BatchWorkspace

/// Carries out `batchstudio job stream`.
struct JobStream: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "stream",
        abstract: "Follow a job's log until it ends; the exit code is 1 when the job fails or is canceled."
    )

    @OptionGroup var job: JobOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try await Self.follow(job.name, in: session.openWorkspace(startsExecutor: false), session)
    }

    /// Prints a job's log as it grows, and at its end how it went.
    ///
    /// - Throws: ``StudioError`` for a job that failed or was canceled, and when no executor can be started for it.
    static func follow(_ name: String, in workspace: Workspace, _ session: Session) async throws {
        var job = try await workspace.job(name)
        if !job.state.isTerminal { try session.requireExecutor(for: job) }
        let output = session.console.output
        output.print("RunId: \(job.name)\nWeb View: \(job.address)\n\n")
        output.print("Streaming user_logs/std_log_0.txt\n=================================\n\n")

        var log = GrowingFile(path: session.folder.job(job.name).controllerLog)
        var reasons = ResolverReasons(log: session.folder.job(job.name).controllerLog)
        var line = ProgressLine(on: output, now: session.surroundings.now)
        var beats = 0
        try await JobBeats(session.folder).each {
            // The state first: whatever the log says before the end has then been written.
            job = try await workspace.job(job.name)
            while case let lines = log.newLines(), !lines.isEmpty { line.print(reasons.shortened(lines)) }
            if job.state.isTerminal { return false }
            line.draw(job, transitions: try await workspace.transitions(of: job.name))
            beats += 1
            // An executor that was killed is replaced; the job goes on where it was.
            if beats.isMultiple(of: 20) { try session.requireExecutor(for: job) }
            return true
        }
        line.print(log.lastLine())
        line.clear()
        output.print("\n" + (try await JobSummaryText(job, in: workspace).text))
        if let failure = Self.failure(of: job) { throw failure }
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
