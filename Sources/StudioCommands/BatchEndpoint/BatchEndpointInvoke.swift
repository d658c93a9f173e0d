import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio batch-endpoint invoke`.
struct BatchEndpointInvoke: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "invoke",
        abstract: "Start a batch scoring job.",
        discussion: """
            Examples:
              batchstudio batch-endpoint invoke -n wine-batch --input azureml:wine-unlabeled@latest --query name -o tsv
              batchstudio batch-endpoint invoke -n wine-batch --input ./wines --wait
            """
    )

    @Option(name: [.short, .long], help: "The endpoint's name.", completion: .names(of: .endpoint))
    var name: String

    @Option(
        name: [.short, .long],
        help: "The deployment; without one, the endpoint's default.",
        completion: .names(of: .deployment)
    )
    var deploymentName: String?

    @OptionGroup var input: InputOptions

    @Option(
        name: [.short, .long],
        help: "A YAML file with the job's inputs, outputs and settings; flags go over it.",
        completion: .file(extensions: ["yml", "yaml"])
    )
    var file: String?

    @Option(
        help: "The folder for the output: azureml://datastores/NAME/paths/PATH; without one, a folder named by the job."
    )
    var outputPath: String?

    @OptionGroup var settings: SettingOptions

    @Option(help: "The job's name; without one, a new GUID. The same call again returns the same job.")
    var jobName: String?

    @Option(help: "The job's display name; without one, it is generated.")
    var displayName: String?

    @Option(help: "The job's experiment; without one, the endpoint's name.")
    var experimentName: String?

    @Option(help: "What the job is for.")
    var description: String?

    @Flag(help: "Wait for the job's end and show its progress; the exit code is 1 when the job fails or is canceled.")
    var wait = false

    @Flag(help: "With --wait: exit with code 3 when the job's predictions drift from those of the endpoint's baseline.")
    var failOnDrift = false

    @Option(name: .customLong("tag"), parsing: .upToNextOption, help: "Labels of the job: KEY=VALUE.")
    var tags: [String] = []

    @OptionGroup var hooks: HookOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let manifest = try manifest(in: session)
        var invocation = Invocation(endpointName: name, deploymentName: deploymentName, input: .local(""))
        invocation.overrides = manifest.overrides
        invocation.overrides.outputFileName = manifest.outputFileName ?? manifest.overrides.outputFileName
        try Problems.collected { problems in
            problems.attempt { try settings.apply(to: &invocation) }
            problems.attempt { invocation.tags.merge(try Assignment.labels(tags, flag: "--tag")) { _, flag in flag } }
            problems.attempt {
                (invocation.input, invocation.inputKind) = try input.reference(in: session, manifest: manifest)
            }
            problems.attempt { invocation.hooks = try hooks.hooks(in: session, over: manifest.hooks) }
            problems.attempt { invocation.output = try outputPath.map(Self.output) ?? manifest.output }
            problems.attempt {
                if failOnDrift, !wait { throw Problem(field: "--fail-on-drift", rule: "needs --wait") }
            }
        }
        invocation.isRecursive = input.recursive
        invocation.isNewOnly = input.newOnly ?? manifest.isNewOnly
        invocation.jobName = jobName
        invocation.displayName = displayName ?? invocation.displayName
        invocation.experimentName = experimentName ?? invocation.experimentName
        invocation.description = description ?? invocation.description
        try session.checkAnswerable()
        let studio = try await session.openStudio(startsExecutor: false)
        if failOnDrift { try await requireBaseline(in: studio) }
        if let count = try await studio.newFiles(of: invocation, report: { session.report($0) }), count.new == 0 {
            return session.report("\(count.nothingNew) No job was made.")
        }
        let queued = try await studio.submit(invocation)
        let job = queued.job
        if !queued.isNew { session.report("Job \(job.name) was submitted already; it is \(job.state.rawValue).") }
        if wait, queued.executorFailure == nil { return try await answer(atEndOf: queued, in: studio, session) }
        session.note("Follow it with: batchstudio job stream -n \(job.name)")
        try session.answer(Output(invoked: job), queued: queued)
    }

    /// Waits for a job and prints it as it has ended.
    private func answer(atEndOf queued: QueuedJob, in studio: Studio, _ session: Session) async throws {
        let job = try await session.wait(for: queued.job, in: studio)
        try session.answer(Output(invoked: job), queued: queued)
        for note in job.notes { session.warn(note) }
        try job.requireCompleted()
        try warnOfFailedFiles(of: job, in: studio, session)
        if failOnDrift { try checkDrift(of: job, session) }
    }

    /// Checks that jobs of the endpoint are compared with one.
    private func requireBaseline(in studio: Studio) async throws {
        guard try await studio.endpoint(name).baseline == nil else { return }
        throw StudioError(
            .invalidState,
            "Endpoint '\(name)' has no baseline, so no drift can be found.",
            advice: "Set one with: batchstudio batch-endpoint update -n \(name) --set baseline=JOB"
        )
    }

    /// Ends the command with code 3 where the predictions of a completed job drift.
    private func checkDrift(of job: Job, _ session: Session) throws {
        guard let drift = job.drift, drift.level != nil else {
            let reason = job.drift?.sentences.first ?? "It has no profile."
            throw StudioError(.invalidState, "Job \(job.name) is not compared with a baseline. \(reason)")
        }
        if drift.warnings.isEmpty { return }
        session.warn("Job \(job.name) drifts from the baseline \(drift.baseline):")
        for column in drift.warnings { session.report("  \(column.words)") }
        throw ExitCode(3)
    }

    private func warnOfFailedFiles(of job: Job, in studio: Studio, _ session: Session) throws {
        let counts = job.counts
        guard counts.failedFiles > 0 else { return }
        let files = Figures.count(counts.files ?? 0, "file")
        let reasons = studio.folder.job(job.name).failedFiles
        session.warn("\(counts.failedFiles) of \(files) failed: \(reasons) has the reasons.")
    }

    /// The job's input and output by `--file`, with the values of `--set inputs.…` and `--set outputs.…` over it.
    private func manifest(in session: Session) throws -> InvocationManifest {
        let assignments = settings.data
        if let flag = input.flag, assignments.contains(where: \.isInput) {
            throw Problem(field: "--set inputs", rule: "can't be given together with \(flag)")
        }
        if outputPath != nil, assignments.contains(where: { !$0.isInput }) {
            throw Problem(field: "--set outputs", rule: "can't be given together with --output-path")
        }
        var document = try session.document(file)
        for assignment in assignments {
            // A path that is typed starts from the current folder, one in a file from the file's.
            let isPath = assignment.isInput && assignment.key.hasSuffix(".path")
            let value = isPath ? session.absoluteIfLocal(assignment.value) : assignment.value
            document = try document.setting(path: assignment.key, value: value)
        }
        return file == nil && assignments.isEmpty ? InvocationManifest() : try InvocationManifest.read(document)
    }

    /// A datastore path; in 2021 `folder:` stood before it.
    private static func output(_ text: String) throws -> DatastorePath {
        let path = text.hasPrefix("folder:") ? String(text.dropFirst("folder:".count)) : text
        return try DatastorePath(path, field: "--output-path")
    }
}
