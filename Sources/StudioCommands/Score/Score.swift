import ArgumentParser
import BatchDomain
import BatchManifest
import Logging
import StudioCore

/// Carries out `batchstudio score`.
struct Score: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Have an MLflow model score files: from a model to its predictions in one command.",
        discussion: """
            Example: batchstudio score ./model ./wines -o predictions.csv

            The model is registered and deployed for this one job, which survives a kill as any other: the same command again \
            resumes it. Loading a model runs its code: score only with models that you trust.
            """
    )

    @Argument(
        help: "The folder of an MLflow model; or runs:/ID/model, models:/NAME/VERSION, azureml:NAME@latest.",
        completion: .directory
    )
    var model: String

    @Argument(
        help: "What to score: a folder or file, azureml:NAME@latest, https://…, s3://…, abfss://….",
        completion: .directory
    )
    var input: String

    @Option(help: "The file for the predictions, also as -o FILE; .csv, or .parquet for a table.")
    var to = "predictions.csv"

    @Option(help: "Keep the endpoint under this name, for further jobs; without it nothing stays but the job.")
    var keep: String?

    @Flag(inversion: .prefixedNo, help: "Look into folders within the input; without it, no.")
    var recursive: Bool?

    @OptionGroup var settings: SettingOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        var invocation = Invocation(endpointName: "", input: .local(""))
        try Problems.collected { problems in
            problems.attempt { try settings.apply(to: &invocation) }
            problems.attempt { invocation.input = try DataReference(input, field: "INPUT") }
        }
        invocation.isRecursive = recursive
        let draft = ScoreDraft(model: model, invocation: invocation, predictions: to, endpoint: keep)
        try session.checkAnswerable()
        let studio = try await session.openStudio(startsExecutor: false)
        let queued = try await studio.score(draft) { session.logger.info("\($0)") }
        if let failure = queued.executorFailure { throw failure }
        let job = try await follow(queued.job, in: studio, session)
        session.ring()
        try await studio.deliver(job, of: draft)
        for note in job.notes { session.warn(note) }
        if job.counts.failedFiles > 0 {
            session.warn(
                "\(job.counts.failedFiles) of \(job.counts.files ?? 0) files failed: \(session.folder.job(job.name).failedFiles) has"
                    + " their reasons. Score them again with: batchstudio job retry-failed -n \(job.name)"
            )
        }
        try session.answer([
            "predictions": .string(session.absolute(to)), "rows": .int(job.counts.rows),
            "files": .int(job.counts.files ?? 0), "failed_files": .int(job.counts.failedFiles),
            "job": .string(job.name), "endpoint": keep.map { .string($0) } ?? .null,
        ])
    }

    /// Shows the job's progress on the error stream until it ends: a line that changes on a terminal, one for each state elsewhere.
    private func follow(_ job: Job, in studio: Studio, _ session: Session) async throws -> Job {
        var line = ProgressLine(on: session.console.error, now: session.surroundings.now)
        var shown: JobState?
        defer { line.clear() }
        return try await studio.follow(job.name) { job, _ in
            if session.console.error.isTerminal {
                line.draw(
                    job,
                    transitions: try await studio.transitions(of: job.name),
                    workers: try await studio.workers(of: job.name)
                )
            } else if job.state != shown {
                session.report("Job \(job.name): \(job.state.rawValue)")
                shown = job.state
            }
        }
    }
}

extension ArgumentSpelling {
    /// `-o FILE` of `score` as `--to FILE`: elsewhere `-o` names a format, which stays one here too.
    static func spelledScore(_ words: ArraySlice<String>) -> ArraySlice<String> {
        var words = words
        for index in words.indices.dropLast() where words[index] == "-o" {
            if OutputFormat(rawValue: words[index + 1]) == nil { words[index] = "--to" }
        }
        return words
    }
}
