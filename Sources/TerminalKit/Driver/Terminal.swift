import DisplayText

/// A screen with a keyboard: the real one is `NcursesTerminal`, the one of tests is `RecordingTerminal`.
package protocol Terminal: AnyObject {
    /// Columns and rows now.
    var size: Size { get }
    /// How many colours can be shown.
    var colors: ColorDepth { get }
    /// Wakes `wait(for:)` from any thread.
    var waker: @Sendable () -> Void { get }

    /// Shows a canvas; only what changed is written.
    func present(_ canvas: Canvas)
    /// Sleeps until an event, a wake-up or the end of the time; nil sleeps forever.
    func wait(for timeout: Duration?) -> [Event]
    /// Stops the program as ^Z does, and takes the screen again when it continues.
    func suspend()
    /// Lets something else have the terminal, an editor or a pager for example, until the closure ends.
    func release(_ body: () -> Void)
    /// Sends a control sequence, to the clipboard for example.
    func emit(_ sequence: String)
}

/// How many colours a terminal shows.
package enum ColorDepth: Sendable, Hashable, Comparable, CaseIterable {
    /// None at all, or `NO_COLOR` is set.
    case none
    /// The terminal's own 8 or 16.
    case ansi
    /// The 16, a cube of 216 and 24 greys.
    case indexed
    /// Every one.
    case direct
}

/// Why a screen could not be opened.
package enum TerminalError: Error, Equatable, CustomStringConvertible {
    /// Input or output is a file or a pipe.
    case notATerminal
    /// terminfo knows nothing of `$TERM`.
    case unknownTerminal(String)
    /// The terminal can only write on: `TERM=dumb`, as in the shell window of an editor.
    case plainTerminal(String)

    package var description: String {
        switch self {
        case .notATerminal:
            "A full-screen program needs a terminal for input and output, not a file or a pipe. See --help for commands."
        case .unknownTerminal(let name):
            """
            The terminal type “\(name.sanitized)” ($TERM) is not known on this system. Set it to one that is: \
            TERM=xterm-256color, or TERM=xterm.
            """
        case .plainTerminal(let name):
            """
            The terminal type “\(name.sanitized)” ($TERM) cannot place its cursor, as a full-screen program must. See --help for \
            commands, which work everywhere, or use another terminal.
            """
        }
    }
}
