import BatchDomain
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

    /// Prints the answer that names a queued job; where it can't be written, the error stream names the job.
    ///
    /// - Throws: ``StudioError`` after the answer, when no executor can be started: the job is queued and waits for one.
    func answer(_ output: Output, queued: QueuedJob) throws {
        do {
            try console.output.writeOrThrow(try text(of: output))
        } catch {
            let name = queued.job.name
            console.error.print("WARNING: The answer can't be written (\(error)). The job was made: \(name)\n")
        }
        if let failure = queued.executorFailure { throw failure }
    }
}
