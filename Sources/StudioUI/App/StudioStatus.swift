import BatchDomain

/// What the header tells of jobs and executor.
struct StudioStatus: Equatable, Sendable {
    /// Whether an executor process runs.
    var hasExecutor: Bool
    /// How many jobs are in each state that is not the end.
    var unfinished: [JobState: Int]
    /// How many cores the machine has.
    var cores: Int

    /// Jobs that wait for their turn.
    var waiting: Int { (unfinished[.queued] ?? 0) + (unfinished[.notStarted] ?? 0) }
    /// Jobs that the executor has in hand.
    var running: Int { unfinished.values.reduce(0, +) - waiting }
}
