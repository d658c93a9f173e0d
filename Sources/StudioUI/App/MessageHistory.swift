import FoundationEssentials
import TerminalKit

/// A message of the status bar, or an error of the background, as the history keeps it.
struct KeptMessage: Equatable, Sendable {
    /// When.
    var at: Date
    /// Its kind.
    var role: Role
    /// The activity that failed; empty for what did not fail.
    var activity = ""
    /// The message, of an error with its action.
    var text: String
}

/// The messages since the studio was opened, the newest last; the oldest are dropped.
struct MessageHistory: Equatable {
    private(set) var entries: [KeptMessage] = []
    private static let capacity = 500

    /// Adds an error; the same one again takes the place of the last.
    mutating func add(_ failure: Failure, at now: Date) {
        add(KeptMessage(at: now, role: .error, activity: failure.activity, text: failure.text))
    }

    /// Adds a message of the status bar.
    mutating func add(_ toast: Toast, at now: Date) {
        guard !toast.text.isEmpty else { return }
        add(KeptMessage(at: now, role: toast.role, text: toast.text))
    }

    private mutating func add(_ message: KeptMessage) {
        if let last = entries.last, last.activity == message.activity, last.text == message.text {
            entries.removeLast()
        }
        entries.append(message)
        if entries.count > Self.capacity { entries.removeFirst() }
    }
}
