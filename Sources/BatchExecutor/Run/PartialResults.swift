import BatchWorkers

/// The partial results of mini-batches before they are finished: the part that a worker is at, the failed files that it has reported so
/// far, and how a mini-batch is split up over which workers died.
struct PartialResults {
    private var bisections: [Int: Bisection] = [:]
    private var parts: [Int: (id: Int, part: Range<Int>)] = [:]
    private var truncated: [Int: Set<String>] = [:]
    private var failures: [Int: (id: Int, failed: [WorkerMessage.FailedFile])] = [:]

    /// The parts in which a mini-batch is scored; nil when it was not split up.
    func parts(of id: Int) -> [Range<Int>]? { bisections[id]?.parts }

    /// The files of a mini-batch over which workers died, by their number in it.
    func fatalFiles(of id: Int) -> [Int: WorkerMessage.ScriptError] { bisections[id]?.bad ?? [:] }

    /// The files of a mini-batch over which workers ended since they were cut short.
    func truncatedFiles(of id: Int) -> Set<String> { truncated[id] ?? [] }

    /// Keeps files over which a worker ended since they were cut short.
    mutating func add(truncated files: [String], of id: Int) {
        truncated[id, default: []].formUnion(files)
    }

    /// Keeps the part of a mini-batch that a worker has begun.
    mutating func begin(_ part: Range<Int>, of id: Int, on worker: Int) {
        parts[worker] = (id, part)
    }

    /// Keeps failed files that a worker reports before it has finished their mini-batch.
    mutating func add(_ failed: [WorkerMessage.FailedFile], of id: Int, on worker: Int) {
        if failures[worker]?.id != id { failures[worker] = (id, []) }
        failures[worker]?.failed += failed
    }

    /// Takes what a worker reported of a mini-batch before it finished it into its last report.
    mutating func complete(_ done: inout WorkerMessage.Done, on worker: Int) {
        if let earlier = failures.removeValue(forKey: worker), earlier.id == done.id {
            done.failed = earlier.failed + done.failed
        }
        parts[worker] = nil
    }

    /// Forgets the part that a worker was at when an attempt failed.
    mutating func attemptFailed(on worker: Int) {
        parts[worker] = nil
    }

    /// Forgets what a worker that has ended reported; returns the part that it was at.
    mutating func workerEnded(_ worker: Int) -> (id: Int, part: Range<Int>)? {
        failures[worker] = nil
        return parts.removeValue(forKey: worker)
    }

    /// Splits a mini-batch up over the part at which its worker died.
    ///
    /// - Returns: Whether parts of it are left to score.
    mutating func split(
        _ id: Int,
        files: Int,
        attempts: Int,
        over part: Range<Int>?,
        _ error: WorkerMessage.ScriptError
    ) -> Bool {
        var bisection = bisections[id] ?? Bisection(files: files, attempts: attempts)
        let mayContinue = bisection.workerDied(over: part, error)
        bisections[id] = bisection
        return mayContinue && !bisection.parts.isEmpty
    }

    /// Forgets what is known of a mini-batch that needs nothing more.
    mutating func finish(_ id: Int) {
        bisections[id] = nil
        truncated[id] = nil
    }
}
