import BatchDomain
import BatchWorkers
import BatchWorkspace
import Logging
import SystemKit

/// The end of a job: files of its scripts are removed, and the result is logged and recorded.
extension JobRun {
    /// Writes the reports of a job that has no output, and ends what its scripts left running.
    private func conclude(_ logs: JobLogs) async {
        do {
            try await JobReports(workspace: workspace, job: job.name).write()
        } catch {
            logs.systemError("The reports can't be written: \(error)")
        }
        await killDaemons()
        // An executor that was killed while it joined the rows has left them.
        OutputAssembly(of: job, in: workspace).abandon()
    }

    /// The job's counts in words; they are in the logs before the job is seen to have ended.
    private func summary() async throws -> JobSummary { JobSummary(try await workspace.job(job.name)) }

    /// Ends what the job's scripts left running.
    func killDaemons() async {
        let (name, mark) = (job.name, Orphans.mark(of: workspace.folder.path))
        _ = try? await DiskWork.run { Orphans.killAll(of: name, markedBy: mark) }
    }

    /// Records how the job ended.
    func end(_ outcome: Outcome, _ logs: JobLogs) async throws {
        defer { logs.flush() }
        switch outcome {
        case .completed:
            await checkDrift(logs)
            logger.info("The job is Completed.")
            logs.info("The job is Completed.")
            logs.result("\(try await summary())\n", isError: false)
            try await workspace.setState(of: job.name, to: .completed)
            await workspace.sweep()
        case .canceled:
            await conclude(logs)
            logger.info("The job is Canceled.")
            logs.info("The job is Canceled.")
            logs.result("\(try await summary())\nCanceled by user.\n", isError: false)
            try await workspace.setState(of: job.name, to: .canceled, cause: "Canceled by user.")
            await workspace.sweep()
        case .suspended:
            logger.info("The executor ends: the job is queued again.")
            logs.info("The executor ends; the next one resumes the job.")
            try await workspace.setState(of: job.name, to: .queued)
        }
    }

    /// Compares the predictions with the endpoint's baseline; a job that can't be compared is Completed as well.
    private func checkDrift(_ logs: JobLogs) async {
        do {
            guard let drift = try await DriftCheck(workspace: workspace).run(job) else { return }
            for sentence in drift.sentences { logs.info(drift.columns.isEmpty ? sentence : "Drift: " + sentence) }
        } catch {
            logger.warning("The predictions could not be compared with the baseline: \(error)")
            logs.systemError("The predictions could not be compared with the baseline: \(error)")
        }
    }

    /// What can't be loaded: with an MLflow model the user has written no script.
    private var unloadable: String {
        switch job.specification.scoring {
        case .generated: "The model \(job.specification.model) can't be loaded."
        case .script: "The scoring script can't be loaded."
        }
    }

    /// Records that the job failed, and why.
    func fail(_ error: any Error, _ logs: JobLogs) async throws {
        if try await workspace.job(job.name).state == .cancelRequested { return try await end(.canceled, logs) }
        defer { logs.flush() }
        if let script = error as? ScriptFailure {
            logs.exception("\(unloadable) \(script)", traceback: script.traceback, worker: nil)
        }
        await conclude(logs)
        if error is NothingNew {
            logger.info("The job is Canceled. \(error)")
            logs.info("The job is Canceled. \(error)")
            logs.result("\(try await summary())\n\(error)\n", isError: false)
            try await workspace.setState(of: job.name, to: .canceled, cause: "\(error)")
            return await workspace.sweep()
        }
        let cause = error is ScriptFailure ? "\(unloadable) \(error)" : "\(error)"
        logger.error("The job is Failed. \(cause)")
        logs.error("The job is Failed. \(cause)")
        logs.result("\(try await summary())\n\(cause)\n", isError: true)
        try await workspace.setState(of: job.name, to: .failed, cause: cause)
        await workspace.sweep()
    }
}
