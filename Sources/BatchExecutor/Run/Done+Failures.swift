import BatchDomain
import BatchWorkers

extension WorkerMessage.Done {
    /// The reasons of the files that failed.
    ///
    /// An entry without a file stands for rows that are missing; their files are unknown.
    func failures(attempt: Int) -> [FileFailure] {
        failed.map {
            FileFailure(
                file: $0.file,
                miniBatch: id,
                type: $0.type,
                message: $0.message,
                traceback: $0.traceback,
                attempt: attempt
            )
        }
    }
}
