import BatchDomain
import BatchWorkers
import BatchWorkspace

/// Input files that are cut short while a worker has them mapped: the system ends the worker with SIGBUS.
extension JobScoring {
    /// Gives back, without charging an attempt, the mini-batch of a worker that SIGBUS ended over files that were cut short.
    ///
    /// Its next worker finds these files changed, and scores the others. Each file counts once, so that a worker that dies for another
    /// reason is charged in the end.
    mutating func releaseForTruncatedFiles(_ number: Int) {
        guard let id = scheduler.current(of: number)?.id else { return }
        let known = partial.truncatedFiles(of: id)
        let found = prepared.manifest.truncatedFiles(of: id, below: job.specification.input.root)
            .filter { !known.contains($0) }
        if found.isEmpty { return }
        partial.add(truncated: found, of: id)
        let error = WorkerMessage.ScriptError.truncatedFile
        logs.warning(
            "Mini-batch \(id): \(error.message): \(found.joined(separator: ", ")). "
                + "Its other files are scored again; no attempt is charged."
        )
        scheduler.release(worker: number)
        for worker in pool.readyNumbers where worker != number { assign(to: worker) }
    }
}

extension WorkerMessage.ScriptError {
    static let truncatedFile = WorkerMessage.ScriptError(
        type: "FileTruncated",
        message: "Input file was truncated while it was being read"
    )
}

extension [FileFailure] {
    /// The failures with the reason for those of files over which a worker ended since they were cut short.
    func naming(_ truncated: Set<String>) -> [FileFailure] {
        map { failure in
            guard truncated.contains(failure.file) else { return failure }
            let error = WorkerMessage.ScriptError.truncatedFile
            return FileFailure(
                file: failure.file,
                miniBatch: failure.miniBatch,
                type: error.type,
                message: error.message,
                traceback: nil,
                attempt: failure.attempt
            )
        }
    }
}
