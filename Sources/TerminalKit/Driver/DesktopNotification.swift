import DisplayText

/// The report of something to a user who looks elsewhere: the bell, and a notification of the desktop where the terminal has them.
///
/// A terminal that knows no notifications ignores the sequence; inside tmux the bell alone arrives.
package enum DesktopNotification {
    /// The sequence that reports a text.
    ///
    /// - Parameters:
    ///   - text: One line.
    ///   - terminal: `$TERM`: the terminals that know OSC 777 get that one alone, for some that know both would report twice.
    /// - Returns: The bell, then the notification.
    static func sequence(_ text: String, terminal: String?) -> String {
        let line = text.sanitized.split(whereSeparator: \.isNewline).joined(separator: " ")
        let knows777 = ["rxvt", "foot"].contains { terminal?.hasPrefix($0) == true }
        // The name comes first: OSC 9 with a number means something else to some terminals.
        let report = knows777 ? "777;notify;batchstudio;" + line.replacing(";", with: ",") : "9;batchstudio: " + line
        return "\u{7}\u{1b}]\(report)\u{7}"
    }
}
