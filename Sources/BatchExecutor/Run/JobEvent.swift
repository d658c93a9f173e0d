import BatchDomain
import BatchWorkers
import BatchWorkspace

/// The events of a running job.
enum JobEvent: Sendable {
    /// The environment, the input and the host are ready, or not available.
    case prepared(Result<PreparedJob, any Error>)
    /// A worker's process was requested, or is not available.
    case workerStarted(Int, Result<Worker, any Error>)
    /// A worker is in a control group of its own; nil when the system refused it one.
    case workerEnclosed(Int, ControlGroup?)
    /// A worker said or did something.
    case worker(Int, WorkerEvent)
    /// The process that gets remote files said something.
    case fetcher(FetcherEvent)
    /// The host was loaded again while the job was paused, or could not be.
    case hostLoaded(Result<Void, any Error>)
    /// The cluster of a paused job has nodes for workers, though it has no room for one yet.
    case clusterReached
    /// Mini-batches have been journaled, or could not be.
    case committed(Result<JobCounts, any Error>)
    /// Time has passed.
    case tick
    /// The user cancels the job.
    case cancel
    /// The executor ends; the next one resumes the job.
    case suspend
}

/// The prerequisites of a job's first mini-batch.
struct PreparedJob: Sendable {
    /// Starts its workers.
    let host: WorkerHost
    /// The launch of the host, by which it is given back.
    let launch: HostLaunch
    /// Its input.
    let manifest: InputManifest
    /// Gets its files, where they are not on this machine.
    let fetcher: InputFetcher?
    /// The GPUs that its workers share.
    let gpus: [GPU]
    /// Mini-batches that were finished under an earlier executor.
    let finished: Set<Int>
    /// What they left of files that are split.
    let parts: JournaledParts
    /// Their result.
    let counts: JobCounts
    /// The first of their files that failed.
    let firstFailure: FileFailure?
    /// The columns of their rows.
    let columns: OutputColumns
    /// Failed files that may be scored yet when the columns are fixed.
    let undecidedFailures: Int
    /// How rows name their file: never ``OutputFileColumn/auto``.
    let fileColumn: OutputFileColumn
    /// The checks before the first mini-batch.
    let check: InputCheck
}

/// The checks of an input before it is scored.
enum InputCheck {
    /// Nothing: only the script knows its files, or they were checked before.
    case none
    /// True when files are checked against the model.
    case files
    /// That, and which types the columns have: nothing can be scored before.
    case types
}
