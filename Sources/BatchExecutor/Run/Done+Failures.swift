import BatchDomain
import BatchWorkers

extension WorkerMessage.Done {
    /// The reasons of the files that failed.
    ///
    /// An entry without a file stands for rows that are missing: nobody can tell of which files. Reasons that did not fit into
    /// the worker's message are said to be missing, so that the list does not look whole.
    func failures(attempt: Int) -> [FileFailure] {
        var failures = failed.map {
            FileFailure(
                file: $0.file,
                miniBatch: id,
                type: $0.type,
                message: $0.message,
                traceback: $0.traceback,
                attempt: attempt
            )
        }
        let unnamed = failedCount - failed.count
        if unnamed > 0, !failed.contains(where: \.file.isEmpty) {
            failures.append(
                FileFailure(
                    file: "",
                    miniBatch: id,
                    type: "NotListed",
                    message:
                        "\(unnamed) more files of the mini-batch failed; their reasons did not fit into one message",
                    attempt: attempt
                )
            )
        }
        return failures
    }
}
