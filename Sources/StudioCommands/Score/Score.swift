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
            Examples:
              batchstudio score ./model ./wines -o predictions.csv
              batchstudio score azureml:wine@latest azureml:wine-unlabeled@latest -o predictions.parquet --error-threshold 2

            The model is registered and deployed for this one job, which survives a kill as any other: the same command again \
            resumes it. The exit code is 1 when files failed: the predictions are those of the other files. Loading a model runs \
            its code: score only with models that you trust.
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

    @Option(help: "The file for the predictions, also as -o FILE: .csv, .parquet or .jsonl.")
    var to = "predictions.csv"

    @Option(help: "How many files may fail, with the exit code 0; -1 for all.")
    var errorThreshold: String?

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
            if let errorThreshold {
                problems.attempt { try Setting.errorThreshold.set(errorThreshold, in: &invocation.overrides) }
            }
            problems.attempt { invocation.input = try DataReference(input, field: "INPUT") }
            problems.attempt { try Self.checkEnding(of: to) }
        }
        invocation.isRecursive = recursive
        let draft = ScoreDraft(model: model, invocation: invocation, predictions: to, endpoint: keep)
        try session.checkAnswerable()
        let studio = try await session.openStudio(startsExecutor: false)
        let queued = try await studio.score(draft) { line in
            // A line for each package is for users who ask for more.
            line.hasPrefix("  uv:  + ") ? session.logger.info("\(line)") : session.report(line)
        }
        do {
            if let failure = queued.executorFailure { throw failure }
            let job = try await session.wait(for: queued.job, in: studio)
            try await studio.deliver(job, of: draft)
            for note in job.notes { session.warn(note) }
            try answer(job, session)
            if let failure = failure(of: job, session) {
                guard invocation.overrides.errorThreshold != nil else { throw failure }
                session.warn("\(failure)")
            }
        } catch var error as StudioError {
            let remainder = try await studio.remainder(of: queued.job, draft)
            error.advice = [error.advice, remainder].compactMap { $0 }.joined(separator: " ")
            throw error
        }
    }

    /// Refuses a file whose ending promises another format than it would have.
    private static func checkEnding(of file: String) throws(Problem) {
        let endings = [".csv", ".parquet", ".jsonl"]
        guard !endings.contains(where: file.lowercased().hasSuffix) else { return }
        throw Problem(
            field: "--to",
            value: file,
            rule: "must end in .csv, .parquet or .jsonl, the formats of predictions",
            example: "predictions.parquet"
        )
    }

    private func failure(of job: Job, _ session: Session) -> StudioError? {
        let counts = job.counts
        guard counts.failedFiles > 0 else { return nil }
        return StudioError(
            .scoring,
            "\(counts.failedFiles) of \(Figures.count(counts.files ?? 0, "file")) failed: \(to) has the rows of the others, "
                + "\(session.folder.job(job.name).failedFiles) the reasons.",
            advice: "Score them again with: batchstudio job retry-failed -n \(job.name)."
        )
    }

    private func answer(_ job: Job, _ session: Session) throws {
        try session.answer([
            "predictions": .string(session.absolute(to)), "rows": .int(job.counts.rows),
            "files": .int(job.counts.files ?? 0), "failed_files": .int(job.counts.failedFiles),
            "job": .string(job.name), "endpoint": keep.map { .string($0) } ?? .null,
        ])
    }
}

extension ArgumentSpelling {
    /// `-o FILE` of `score` and `job report` as `--to FILE`: elsewhere `-o` names a format, which stays one here too.
    static func spelledFile(_ words: ArraySlice<String>) -> ArraySlice<String> {
        var words = words
        for index in words.indices.dropLast() where words[index] == "-o" {
            if OutputFormat(rawValue: words[index + 1]) == nil { words[index] = "--to" }
        }
        return words
    }
}
