package import BatchDomain
import BatchExecutor
import BatchManifest
import BatchWorkspace

extension Studio {
    /// Queues a job and starts the executor for it; the same call with the same `jobName` returns the same job.
    ///
    /// - Parameters:
    ///   - invocation: The job's parameters; a local input's path as typed.
    ///   - typeField: The field or flag of the input's type, for errors.
    /// - Returns: The job, and whether an executor runs it.
    /// - Throws: ``ValidationError`` with everything that is wrong; ``StudioError`` for what is missing, for an input without files,
    ///   and when the output exists.
    package func submit(_ invocation: Invocation, typedBy typeField: String = "--input-type") async throws -> QueuedJob
    {
        let invocation = try await prepared(invocation, typedBy: typeField)
        try await requireFiles(for: invocation)
        let submission = try await workspace.submit(invocation)
        return queued(submission.job, isNew: submission.isNew)
    }

    /// Counts the files that a job which leaves out what was scored before would score.
    ///
    /// - Parameters:
    ///   - invocation: The job's parameters, as ``submit(_:typedBy:)`` takes them.
    ///   - typeField: The field or flag of the input's type, for errors.
    ///   - report: Receives the steps that take time: the first listing of a remote place builds the environment of its readers.
    /// - Returns: The count; nil where the job scores all files, or was submitted before.
    /// - Throws: as ``submit(_:typedBy:)``.
    package func newFiles(
        of invocation: Invocation,
        typedBy typeField: String = "--input-type",
        report: @escaping Report
    ) async throws -> NewFileCount? {
        guard invocation.isNewOnly == true else { return nil }
        let invocation = try await prepared(invocation, typedBy: typeField)
        guard let specification = try await workspace.specification(of: invocation) else { return nil }
        let look = InputLook(in: workspace, variables: caller.environment)
        return try await look.count(specification, given: invocation.input, report: report)
    }

    /// Checks everything that ``submit(_:typedBy:)`` checks, and queues nothing.
    ///
    /// - Throws: as ``submit(_:typedBy:)``.
    package func check(_ invocation: Invocation, typedBy typeField: String) async throws {
        try await requireFiles(for: try await prepared(invocation, typedBy: typeField))
    }

    /// Checks that a new job would have files to score.
    private func requireFiles(for invocation: Invocation) async throws {
        guard let job = try await workspace.specification(of: invocation) else { return }
        try Self.requireFiles(in: job.input, scoring: job.scoring)
    }

    /// Checks that an input has files to score; the job lists what is remote.
    ///
    /// - Throws: ``StudioError`` when it has none, or can't be read.
    static func requireFiles(in input: JobInput, scoring: Scoring) throws {
        if input.remote == nil { _ = try InputListing(for: input, scoring: scoring, most: 1) }
    }

    /// The parameters with what the caller and the files add to them.
    private func prepared(_ invocation: Invocation, typedBy typeField: String) async throws -> Invocation {
        var invocation = invocation
        invocation.input = caller.absolute(invocation.input)
        invocation.variables = caller.jobVariables
        invocation.hookSecrets = caller.hookSecrets(of: invocation.hooks)
        invocation.table = try await MLTableManifest.read(for: invocation, typedBy: typeField) {
            try await workspace.localPath(of: $0)
        }
        try await requireGPUs(try await workspace.gpus(for: invocation))
        return invocation
    }

    /// Queues a failed or canceled job again; what it has scored stays.
    ///
    /// - Throws: ``StudioError`` when the job can't be resumed.
    package func resume(_ name: String) async throws -> QueuedJob {
        try await requireGPUs(try await workspace.job(name).specification.settings.gpus)
        return queued(try await workspace.resume(name, variables: caller.jobVariables), isNew: false)
    }

    /// Queues a new job that scores what an ended one has not: the failed files, and those it never reached.
    ///
    /// - Throws: ``ValidationError`` for settings; ``StudioError`` when the job runs, when nothing failed, when files whose rows
    ///   are kept have changed, or when the output exists.
    package func retryFailed(_ draft: RetryDraft) async throws -> QueuedJob {
        var draft = draft
        draft.variables = caller.jobVariables
        let settings = try await workspace.job(draft.jobName).specification.settings
        try await requireGPUs(settings.overridden(by: draft.overrides).gpus)
        return queued(try await workspace.retryFailed(draft), isNew: true)
    }

    /// Requests the end of a job; the executor cancels a running one.
    ///
    /// - Throws: ``StudioError`` when the job has ended.
    package func cancel(_ name: String) async throws -> QueuedJob {
        queued(try await workspace.requestCancel(of: name), isNew: false)
    }

    /// Starts the executor for a job that has not ended.
    ///
    /// - Throws: ``StudioError`` when it can't be started: the job waits.
    package func requireExecutor(for job: Job) throws {
        if let failure = queued(job, isNew: false).executorFailure { throw failure }
    }

    /// Checks that this machine has the GPUs of a job.
    ///
    /// - Throws: ``StudioError`` with what was found.
    private func requireGPUs(_ count: Int) async throws {
        if count > 0 { try await gpus().require(count) }
    }

    /// A job with the reason why no executor runs it, where there is one.
    func queued(_ job: Job, isNew: Bool) -> QueuedJob {
        let failure = job.state.isTerminal ? nil : executorFailure()
        return QueuedJob(job: job, isNew: isNew, executorFailure: failure?.leaving(job))
    }
}

extension StudioError {
    /// The error of an executor that did not start, with the state of the job that waits for it.
    fileprivate func leaving(_ job: Job) -> StudioError {
        StudioError(
            code,
            "Job \(job.name) is \(job.state.rawValue) and waits for an executor. \(message)",
            advice: [advice, "The next command starts the executor again."].compactMap { $0 }.joined(separator: " "),
            inStudio: [studioAdvice, "The next job starts the executor again."].compactMap { $0 }.joined(separator: " ")
        )
    }
}
