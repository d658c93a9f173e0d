package import BatchDomain
import BatchWorkspace

extension Studio {
    /// Interval between two reads of a followed job's log, which is files and reports no changes.
    private static let logInterval: Duration = .milliseconds(250)
    /// Reads of the job between two checks of the executor.
    private static let executorInterval = 20

    /// Follows a job until it ends; an executor that dies meanwhile is replaced, and the job resumes.
    ///
    /// - Parameters:
    ///   - name: The job's name.
    ///   - sources: The origins of the lines.
    ///   - body: Receives the job and the lines that its log has gained, after each change and several times a second; no lines
    ///     where there are none.
    /// - Returns: The job in its terminal state.
    /// - Throws: ``StudioError`` when there is no such job, and when no executor can be started for it.
    package func follow(
        _ name: String,
        log sources: JobLogFilter.Sources = .all,
        _ body: (_ job: Job, _ newLines: [JobLogLine]) async throws -> Void
    ) async throws -> Job {
        var log = JobLogTail(of: folder.job(name), sources)
        var job = try await workspace.job(name)
        var reads = 0
        let (wakeUps, source) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let sources = Task { [changes = changes()] in
            await withTaskGroup { group in
                group.addTask { for await _ in changes { source.yield() } }
                group.addTask {
                    while (try? await Task.sleep(for: Self.logInterval)) != nil { source.yield() }
                }
            }
        }
        defer { sources.cancel() }
        for await _ in wakeUps {
            // The state first: whatever the log says before the end has then been written.
            job = try await workspace.job(name)
            while case let lines = log.newLines(), !lines.isEmpty { try await body(job, lines) }
            if job.state.isTerminal { break }
            try await body(job, [])
            reads += 1
            if reads.isMultiple(of: Self.executorInterval) { try requireExecutor(for: job) }
        }
        let last = log.newLines(isLast: true)
        if !last.isEmpty { try await body(job, last) }
        return job
    }

    /// Follows a list of jobs until each of them has ended.
    ///
    /// - Parameters:
    ///   - filter: The jobs.
    ///   - body: Receives the list, once at least and after each change of it.
    /// - Throws: The errors of the body, and of reading the list.
    package func followJobs(_ filter: JobFilter, _ body: ([Job]) throws -> Void) async throws {
        var shown: [Job]?
        // Its first element comes at once.
        for await _ in changes(everyMilliseconds: 250) {
            let jobs = try await jobs(filter)
            if jobs != shown { try body(jobs) }
            shown = jobs
            if jobs.allSatisfy(\.state.isTerminal) { return }
        }
    }
}
