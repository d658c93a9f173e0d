package import BatchDomain
import BatchWorkspace
import Logging

extension Studio {
    /// True while an executor runs.
    package var hasExecutor: Bool { workspace.hasExecutor }

    /// Starts an executor where jobs are unfinished; they stay queued without one, so a failure is a warning.
    package func startExecutorForUnfinishedJobs() async throws {
        guard try await workspace.needsExecutor() else { return }
        if let failure = executorFailure() {
            logger.warning("The executor does not run, so jobs wait. \(failure)")
        }
    }

    /// The process of the executor, and the jobs that have not ended; creates no workspace and starts no executor.
    package static func executorStatus(
        of folder: WorkspaceFolder,
        _ executor: ExecutorAccess
    ) async throws -> (process: Int?, unfinished: [Job]) {
        let process = try executor.process(folder)
        guard exists(folder) else { return (process, []) }
        return (process, try await Workspace(opening: folder).unfinishedJobs())
    }

    /// Starts the executor unless it runs; nil where it runs, or where another user's executor runs the jobs.
    func executorFailure() -> StudioError? {
        guard workspace.readOnlyReason == nil else { return nil }
        do {
            try executor.ensureRunning(folder)
            logger.debug("An executor runs.", metadata: ["log": "\(folder.executorLog)"])
            return nil
        } catch let error as StudioError {
            return error
        } catch {
            return StudioError(.environment, "The executor did not start: \(error)")
        }
    }
}
