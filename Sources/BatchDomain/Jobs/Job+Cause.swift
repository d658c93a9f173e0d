extension Job {
    /// The cause as a sentence, or as lines when it has several, so that another sentence may follow it; empty without one.
    package var causeSentence: String {
        guard let cause, let last = cause.last else { return "" }
        if cause.contains("\n") { return cause + (last == "\n" ? "" : "\n") }
        return ".!?…".contains(last) ? cause : cause + "."
    }
}
