import BatchDomain
import StudioCore

extension Session {
    /// Shows a job's progress until it ends: a line that changes on a terminal, one for each state and step elsewhere.
    ///
    /// - Returns: The job in its terminal state, whichever that is.
    /// - Throws: ``StudioError`` when no executor can be started for it.
    func wait(for job: Job, in studio: Studio) async throws -> Job {
        var progress = WaitProgress(of: job, in: studio, self)
        defer { progress.end() }
        let ended = try await studio.follow(job.name, log: .executor) { job, newLines in
            try await progress.show(job, newLines)
        }
        try await progress.show(ended, [])
        ring()
        return ended
    }
}
