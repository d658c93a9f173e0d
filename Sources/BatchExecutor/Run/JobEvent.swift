import BatchDomain
import BatchWorkers

/// What happens to a job that runs.
enum JobEvent: Sendable {
    /// The environment, the input and the host are ready, or can't be had.
    case prepared(Result<PreparedJob, any Error>)
    /// A worker's process has been asked for, or can't be had.
    case workerStarted(Int, Result<Worker, any Error>)
    /// A worker is in a control group of its own; nil when the system refused it one.
    case workerEnclosed(Int, ControlGroup?)
    /// A worker said or did something.
    case worker(Int, WorkerEvent)
    /// The process that gets remote files said something.
    case fetcher(FetcherEvent)
    /// Mini-batches have been journaled, or could not be.
    case committed(Result<JobCounts, any Error>)
    /// Time has passed.
    case tick
    /// A person wants the job to end.
    case cancel
    /// The executor ends; the job goes on under the next one.
    case suspend
}

/// What a job needs before its first mini-batch.
struct PreparedJob: Sendable {
    /// Starts its workers.
    let host: WorkerHost
    /// What the host was made from, by which it is given back.
    let launch: HostLaunch
    /// Its input.
    let manifest: InputManifest
    /// Gets its files, where they are not on this machine.
    let fetcher: InputFetcher?
    /// Mini-batches that were finished under an earlier executor.
    let finished: Set<Int>
    /// What they came to.
    let counts: JobCounts
    /// The first of their files that failed.
    let firstFailure: FileFailure?
    /// The columns of their rows.
    let columns: OutputColumns
    /// Failed files that may be scored yet when the columns are fixed.
    let undecidedFailures: Int
    /// How rows name their file: never ``OutputFileColumn/auto``.
    let fileColumn: OutputFileColumn
    /// What is checked before the first mini-batch.
    let check: InputCheck
}

/// What is checked of an input before it is scored.
enum InputCheck {
    /// Nothing: only the script knows its files, or they were checked before.
    case none
    /// Whether files fit the model.
    case files
    /// That, and which types the columns have: nothing can be scored before.
    case types
}
