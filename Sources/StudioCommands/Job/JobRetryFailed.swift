import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio job retry-failed`.
struct JobRetryFailed: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry-failed",
        abstract: "Start a job that scores the failed files of an ended one, and makes a complete output.",
        discussion: """
            Example: batchstudio job retry-failed -n JOB --timeout 120

            Mini-batches with a failed file are scored again as a whole, the rows of all others are kept: the output has the bytes \
            that a job without failures would have written. Failed files may have been fixed; a file whose rows are kept must \
            not have changed.
            """
    )

    @OptionGroup var job: JobOptions

    @Option(help: "Attempts at each mini-batch; without it, as the old job had it.")
    var maxRetries: String?

    @Option(help: "Seconds that run() may take; without it, as the old job had it.")
    var timeout: String?

    @Option(help: "How many files may fail; -1 for all.")
    var errorThreshold: String?

    @Option(help: "The folder for the output: azureml://datastores/NAME/paths/FOLDER.")
    var outputPath: String?

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        var draft = try draft()
        try session.checkAnswerable()
        let studio = try await session.openStudio(startsExecutor: false)
        draft.jobName = try await job.name(in: studio, session)
        let queued = try await studio.retryFailed(draft)
        let made = queued.job
        let kept = made.counts.doneMiniBatches
        session.note("Of \(made.counts.miniBatches ?? 0) mini-batches \(kept) keep their rows.")
        if made.specification.output.fileName == nil {
            session.warn(
                "The scoring script writes its files itself (summary_only): those of the other mini-batches stay in the "
                    + "output of job \(draft.jobName)."
            )
        }
        session.note("Follow it with: batchstudio job stream -n \(made.name)")
        try session.answer(Output(invoked: made), queued: queued)
    }

    private func draft() throws -> RetryDraft {
        var problems = Problems()
        var draft = RetryDraft(jobName: job.name)
        let flags: [(Setting, String?)] = [
            (.maxRetries, maxRetries), (.timeout, timeout), (.errorThreshold, errorThreshold),
        ]
        for case (let setting, let text?) in flags {
            problems.attempt { try setting.set(text, in: &draft.overrides) }
        }
        if let outputPath { problems.attempt { draft.output = try DatastorePath(outputPath, field: "--output-path") } }
        try problems.throwIfAny()
        return draft
    }
}
