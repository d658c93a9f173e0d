import BatchDomain
import BatchWorkers

extension WorkerMessage.ScriptError {
    /// The error of a file that was cut short while a worker had it mapped: the system ends the worker with SIGBUS.
    static let truncatedFile = WorkerMessage.ScriptError(
        type: "FileTruncated",
        message: "Input file was truncated while it was being read"
    )

    /// The error of a file for which no run() of its parts returned a row.
    static let noRow = WorkerMessage.ScriptError(
        type: "MissingRows",
        message: "run() returned no row for this file"
    )
}

extension FileFailure {
    /// Makes the failure of a file by the error of its mini-batch.
    init(file: String, miniBatch: Int, _ error: WorkerMessage.ScriptError, attempt: Int) {
        self.init(
            file: file,
            miniBatch: miniBatch,
            type: error.type,
            message: error.message,
            traceback: error.traceback,
            attempt: attempt
        )
    }
}

extension [FileFailure] {
    /// The failures with the reason for those of files over which a worker ended since they were cut short.
    func naming(_ truncated: Set<String>) -> [FileFailure] {
        map { failure in
            guard truncated.contains(failure.file) else { return failure }
            return FileFailure(
                file: failure.file,
                miniBatch: failure.miniBatch,
                .truncatedFile,
                attempt: failure.attempt
            )
        }
    }
}
