import BatchWorkers

/// The end of a worker, in words, and as the error of the mini-batch that it scored.
struct WorkerDeath: CustomStringConvertible {
    /// The reason, after "the worker".
    let reason: String
    /// The error of its mini-batch.
    let error: WorkerMessage.ScriptError

    private let late: String

    /// - Parameters:
    ///   - reason: How its process ended.
    ///   - memory: How it ran out of memory, if it did.
    ///   - isOverdue: It was killed because its mini-batch took too long.
    ///   - timeout: How long a mini-batch may take, in seconds.
    init(reason: String, memory: String?, isOverdue: Bool, timeout: Int) {
        self.reason = memory ?? reason
        late = isOverdue ? " for its timeout: run() took longer than \(timeout) seconds" : ""
        error =
            if let memory {
                .init(type: "OutOfMemory", message: "the worker that scored it \(memory); it was killed")
            } else if isOverdue {
                .init(
                    type: "Timeout",
                    message: "run() took longer than \(timeout) seconds (retry_settings.timeout); its worker was killed"
                )
            } else {
                .init(type: "WorkerDied", message: "the worker that scored it \(reason)")
            }
    }

    var description: String { "\(reason)\(late)" }
}
