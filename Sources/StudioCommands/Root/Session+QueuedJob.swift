import BatchDomain
import BatchWorkspace
import StudioCore

// Commands that queue a job: a script that calls one again because it ended with 1 would score twice.
extension Session {
    /// Checks that an answer can be printed, before a job is made.
    ///
    /// - Throws: ``StudioError`` when the output stream is closed, full, or has no reader any more.
    func checkAnswerable() throws {
        guard isAnswering, let obstacle = console.output.obstacle() else { return }
        throw StudioError(
            .file,
            "The answer can't be written to the output stream: \(obstacle). No job was made.",
            advice: "Open it, or take -o none."
        )
    }

    /// The variables of this shell that go with a job.
    var jobVariables: [String: String] { JobVariables.of(surroundings.environment) }

    /// Has an executor run a job, and prints the answer that names it; where it can't be written, the error stream names the job.
    ///
    /// - Throws: ``StudioError`` after the answer, when no executor can be started: the job is queued and waits for one.
    func answer(_ output: Output, queued job: Job) throws {
        let failure = job.state.isTerminal ? nil : executorFailure()
        do {
            try console.output.writeOrThrow(try text(of: output))
        } catch {
            console.error.print("WARNING: The answer can't be written (\(error)). The job was made: \(job.name)\n")
        }
        if let failure { throw failure.leaving(job) }
    }

    /// Makes sure that an executor runs a job whose log is followed.
    ///
    /// - Throws: ``StudioError`` when none can be started: the job would be waited for without an end.
    func requireExecutor(for job: Job) throws {
        if let failure = executorFailure() { throw failure.leaving(job) }
    }

    private func executorFailure() -> StudioError? {
        // Who may only read a workspace follows the jobs that its owner's executor runs.
        if case .readOnly? = try? WorkspaceAccess(to: folder) { return nil }
        do {
            try surroundings.executor.ensureRunning(folder)
            return nil
        } catch let error as StudioError {
            return error
        } catch {
            return StudioError(.environment, "The executor did not start: \(error)")
        }
    }
}

extension StudioError {
    /// The error of an executor that did not start, and what becomes of a job.
    fileprivate func leaving(_ job: Job) -> StudioError {
        StudioError(
            code,
            "Job \(job.name) is \(job.state.rawValue) and waits for an executor. \(message)",
            advice: [advice, "The next command starts the executor again."].compactMap { $0 }.joined(separator: " ")
        )
    }
}
