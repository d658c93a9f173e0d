/// The events of a worker, in order; `ended` is the last.
package enum WorkerEvent: Sendable {
    /// It has a process; it may be connected before this is heard, and one that is not forked is heard of by that alone.
    ///
    /// `node` is the node of a cluster that it runs on.
    case forked(pid: Int, node: String?)
    /// It is connected and can receive its job.
    case connected(pid: Int)
    /// It said something.
    case message(WorkerMessage)
    /// Its process is gone, with why: "exited with code 3", "was killed by signal 9 (SIGKILL)"; `lostItsHost` when it had to
    /// end because the process that it was forked from, or its node, did; `signal` is what ended it, if a signal of its own did.
    case ended(reason: String, lostItsHost: Bool, signal: Int?)
}

/// How processes end, in words.
package enum ProcessEnd {
    /// The words for a status as Python's `subprocess` gives it: an exit code, or a negative signal.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - isKilledByExecutor: Whether SIGKILL came from the executor, for a timeout or a limit: then it is no sign of memory that
    ///     ran out.
    /// - Returns: What follows "the process".
    package static func describe(_ status: Int, isKilledByExecutor: Bool = false) -> String {
        if isKilledByExecutor, status == -9 { return "was killed by batchstudio" }
        if status >= 0 { return "exited with code \(status)" }
        let names = [6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL", 11: "SIGSEGV", 15: "SIGTERM", 24: "SIGXCPU"]
        let name = names[-status].map { " (\($0))" } ?? ""
        let hints = [
            7: "; the system does so when a file that is read was cut short, or its disk can't read it",
            9: "; the system does so when memory runs out",
        ]
        let hint = hints[-status] ?? ""
        return "was killed by signal \(-status)\(name)\(hint)"
    }
}
