import BatchWorkers

/// The state of a mini-batch over which workers die: its parts are halved until the bad files are alone.
///
/// Exceptions are bisected by the worker itself; this is for what ends the worker: time-outs, crashes, lack of memory.
struct Bisection {
    /// The parts to score, in input order, as numbers of files within the mini-batch.
    private(set) var parts: [Range<Int>]
    /// The files over which a worker died while it scored nothing else.
    private(set) var bad: [Int: WorkerMessage.ScriptError] = [:]
    private var deathsLeft: Int

    /// - Parameters:
    ///   - files: Files of the mini-batch, 1 or more.
    ///   - attempts: Bad files that are found for certain; deaths are limited to attempts × log2 of the files.
    init(files: Int, attempts: Int) {
        parts = [0..<files]
        deathsLeft = attempts * (Int.bitWidth - files.leadingZeroBitCount + 1)
    }

    /// Records the death of a worker; returns whether to continue with ``parts``.
    ///
    /// - Parameters:
    ///   - reported: The part that it reported; workers report nothing when there is only one.
    ///   - error: What is known of its death.
    /// - Returns: Whether more deaths are allowed.
    mutating func workerDied(over reported: Range<Int>?, _ error: WorkerMessage.ScriptError) -> Bool {
        deathsLeft -= 1
        let single = parts.count == 1 ? parts.first : nil
        // One that died before it began any part died over none.
        guard let part = reported ?? single,
            let index = parts.firstIndex(where: { $0.lowerBound <= part.lowerBound && part.upperBound <= $0.upperBound }
            )
        else { return deathsLeft >= 0 }
        let around = parts[index]
        var pieces = [around.lowerBound..<part.lowerBound]
        if part.count == 1 {
            bad[part.lowerBound] = error
        } else {
            let middle = part.lowerBound + part.count / 2
            pieces += [part.lowerBound..<middle, middle..<part.upperBound]
        }
        pieces.append(part.upperBound..<around.upperBound)
        parts.replaceSubrange(index...index, with: pieces.filter { !$0.isEmpty })
        return deathsLeft >= 0
    }
}
