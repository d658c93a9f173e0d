import FoundationEssentials

/// Something that went wrong, as the error log keeps it.
struct LoggedError: Equatable, Sendable {
    /// When.
    var at: Date
    /// The activity.
    var activity: String
    /// The failure and the action.
    var text: String
}

/// The errors since the studio was opened, the newest last; the oldest are dropped.
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
