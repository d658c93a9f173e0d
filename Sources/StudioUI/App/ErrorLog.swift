import FoundationEssentials

/// Something that went wrong, as the error log keeps it.
struct LoggedError: Equatable, Sendable {
    /// When.
    var at: Date
    /// What was tried.
    var activity: String
    /// What happened and what to do.
    var text: String
}

/// What went wrong since the studio was opened, the newest last; the oldest fall out.
struct ErrorLog: Equatable {
    private(set) var entries: [LoggedError] = []
    private static let capacity = 500

    /// Adds an entry; the same one again takes the place of the last.
    mutating func add(_ failure: Failure, at now: Date) {
        if let last = entries.last, last.activity == failure.activity, last.text == failure.text {
            entries.removeLast()
        }
        entries.append(LoggedError(at: now, activity: failure.activity, text: failure.text))
        if entries.count > Self.capacity { entries.removeFirst() }
    }
}
