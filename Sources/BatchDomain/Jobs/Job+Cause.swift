extension Job {
    /// The cause as a sentence, or as lines when it has several, so that another sentence may follow it; empty without one.
    package var causeSentence: String {
        guard let cause, let last = cause.last else { return "" }
        if cause.contains("\n") { return cause + (last == "\n" ? "" : "\n") }
        return ".!?…".contains(last) ? cause : cause + "."
    }

    /// Checks that a job that has ended is Completed.
    ///
    /// - Throws: ``StudioError`` with the cause.
    package func requireCompleted() throws(StudioError) {
        guard state != .completed else { return }
        throw StudioError(
            state == .canceled ? .invalidState : .scoring,
            "Job \(name) is \(state.rawValue)\(cause == nil ? "." : ": \(causeSentence)")",
            advice: "Read its log with: batchstudio job stream -n \(name)."
        )
    }
}
