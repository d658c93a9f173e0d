import BatchDomain
import BatchWorkers

/// A mini-batch that a worker has scored, before its rows are accepted.
struct ScoredMiniBatch {
    /// The report of the worker.
    let done: WorkerMessage.Done
    /// Which attempt it was, from 1.
    let attempt: Int
    /// The time that it took.
    let seconds: Double
    /// The files over which workers ended since they were cut short.
    let truncated: Set<String>
    /// The files over which workers died.
    let killers: [FileFailure]
}

/// A worker as the origin of results.
struct ResultOrigin {
    /// Its number in the job.
    let worker: Int
    /// Its process; 0 when it is not known.
    let pid: Int
    /// The name of the segment file that has its rows.
    let segment: String
}
