package import BatchDomain
import BatchWorkspace

extension Studio {
    /// The job of that name.
    package func job(_ name: String) async throws -> Job { try await workspace.job(name) }

    /// The name of the job that a name, a display name or the beginning of one means.
    package func jobName(meantBy text: String) async throws -> String { try await workspace.jobName(meantBy: text) }

    /// The jobs that a filter finds, the newest first.
    package func jobs(_ filter: JobFilter = JobFilter()) async throws -> [Job] { try await workspace.jobs(filter) }

    /// How many jobs a filter finds, its limit aside.
    package func jobCount(_ filter: JobFilter = JobFilter()) async throws -> Int {
        try await workspace.jobCount(filter)
    }

    /// A part of the list of jobs.
    package func jobSlice(_ listing: JobListing) async throws -> JobSlice { try await workspace.jobSlice(listing) }

    /// The names of all jobs that a listing finds.
    package func jobNames(_ listing: JobListing) async throws -> [String] { try await workspace.jobNames(listing) }

    /// The jobs of these names, the newest first.
    package func jobOverviews(named names: [String]) async throws -> [JobOverview] {
        try await workspace.jobOverviews(named: names)
    }

    /// The unfinished jobs that need something, the newest first.
    package func unfinishedJobs(needing need: JobNeed) async throws -> [JobOverview] {
        try await workspace.unfinishedJobs(needing: need)
    }

    /// The unfinished jobs: those that run, then those that wait.
    package func unfinishedJobs(limit: Int) async throws -> [JobOverview] {
        try await workspace.unfinishedJobs(limit: limit)
    }

    /// The jobs among the newest that failed, or that completed with failed files, the newest first.
    package func troubledJobs(among span: Int = 1000, limit: Int) async throws -> [JobOverview] {
        try await workspace.troubledJobs(among: span, limit: limit)
    }

    /// How many jobs there are in each state that is not terminal.
    package func unfinishedJobCounts() async throws -> [JobState: Int] { try await workspace.unfinishedJobCounts() }

    /// The states that a job has entered, with their times.
    package func transitions(of job: String) async throws -> [JobTransition] {
        try await workspace.transitions(of: job)
    }

    /// The failed files of a job, in input order.
    package func failures(
        of job: String,
        _ filter: FailureFilter = FailureFilter(),
        limit: Int? = nil,
        offset: Int = 0
    ) async throws -> [FileFailure] {
        try await workspace.failures(of: job, filter, limit: limit, offset: offset)
    }

    /// How many failed files of a job match a filter.
    package func failureCount(of job: String, _ filter: FailureFilter) async throws -> Int {
        try await workspace.failureCount(of: job, filter)
    }

    /// The workers of a running job.
    package func workers(of job: String) async throws -> [WorkerStatus] { try await workspace.workers(of: job) }

    /// What hooks of a job have done since it ended, and what they still have to do.
    package func deliveries(of job: String) async throws -> [Delivery] { try await workspace.deliveries(of: job) }

    /// Rows that a job scored in each second of its last minutes, the newest last.
    package func rowsPerSecond(of job: String) async throws -> [Double] { try await workspace.rowsPerSecond(of: job) }

    /// The finished mini-batches of a job in some ranges, neighbors with the same result together.
    package func miniBatchRuns(of job: String, in ranges: [Range<Int>]) async throws -> [MiniBatchRun] {
        try await workspace.miniBatchRuns(of: job, in: ranges)
    }

    /// The size of the rows that a job keeps for a resume, in bytes.
    package func keptBytes(of job: String) -> Int { workspace.keptBytes(of: job) }

    /// Changes a job's display name, description and tags.
    ///
    /// - Parameters:
    ///   - name: The job's name.
    ///   - change: Returns the new values for the job as it is.
    /// - Returns: The changed job.
    /// - Throws: ``StudioError`` when there is no such job; errors of the change.
    package func updateJob(_ name: String, _ change: (Job) throws -> JobLabels) async throws -> Job {
        try await update {
            let labels = try change(try await workspace.job(name))
            return try await workspace.relabel(
                job: name,
                displayName: labels.displayName,
                description: labels.description,
                tags: labels.tags
            )
        }
    }

    /// Archives a job, so that lists leave it out, or restores it.
    package func setArchived(_ isArchived: Bool, job name: String) async throws {
        try await workspace.setArchived(isArchived, job: name)
    }

    /// Deletes a job, its logs and the rows that it keeps; its output stays.
    ///
    /// - Throws: ``StudioError`` while it runs.
    package func deleteJob(_ name: String) async throws { try await workspace.deleteJob(name) }
}
