import BatchDomain

/// The state of jobs and executor in the header.
struct StudioStatus: Equatable, Sendable {
    /// True when an executor process runs.
    var hasExecutor: Bool
    /// How many jobs are in each state that is not the end.
    var unfinished: [JobState: Int]
    /// How many cores the machine has.
    var cores: Int

    /// Queued jobs.
    var waiting: Int { (unfinished[.queued] ?? 0) + (unfinished[.notStarted] ?? 0) }
    /// Jobs that the executor has in hand.
    var running: Int { unfinished.values.reduce(0, +) - waiting }
}
