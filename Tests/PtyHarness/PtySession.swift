import CVTerm
import Glibc

/// A program on a real pty, as a user at a terminal sees it.
///
/// Every wait ends on a condition or at a deadline; nothing sleeps.
package final class PtySession {
    /// How a process ended.
    package enum Exit: Equatable, Sendable {
        /// By itself, with this code.
        case code(Int32)
        /// By this signal.
        case signal(Int32)
    }

    /// A wait that was in vain, with what the screen showed.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Everything the program wrote.
    package private(set) var output: [UInt8] = []
    /// The process.
    package let process: Int32
    private let screen: EmulatedScreen
    private var terminal: Int32
    private let settingsBefore: termios
    private var exit: Exit?

    /// Starts a program with its own session on a new pty.
    ///
    /// - Parameters:
    ///   - program: The path of an executable.
    ///   - arguments: What follows its name.
    ///   - rows: The height of the terminal.
    ///   - columns: The width of the terminal.
    ///   - environment: Variables besides or instead of the few usual ones; nothing else is inherited.
    /// - Throws: When there is no pty, or the program cannot be started.
    package init(
        _ program: String,
        _ arguments: [String] = [],
        rows: Int = 24,
        columns: Int = 80,
        environment: [String: String] = [:]
    ) throws {
        let pty = try Pty(rows: rows, columns: columns)
        terminal = pty.terminal
        settingsBefore = Self.settings(of: pty.terminal)
        screen = EmulatedScreen(rows: rows, columns: columns)
        var variables = [
            "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin",
            "SWIFT_BACKTRACE": "enable=no",
        ]
        variables.merge(environment) { $1 }
        process = try pty.spawn([program] + arguments, environment: variables)
        // The screen before: it must be there again afterwards.
        _ = screen.show(Array("before$ program\r\n".utf8)[...])
    }

    deinit {
        if exit == nil {
            kill(process, SIGKILL)
            var status: Int32 = 0
            waitpid(process, &status, 0)
        }
        hangUp()
    }

    private static func settings(of terminal: Int32) -> termios {
        var settings = termios()
        tcgetattr(terminal, &settings)
        return settings
    }
}

// MARK: Actions of the user

extension PtySession {
    /// Types, or sends what a key sends.
    package func send(_ text: String) {
        send(Array(text.utf8))
    }

    /// Sends bytes, which need not be text.
    package func send(_ bytes: [UInt8]) {
        _ = write(terminal, bytes, bytes.count)
    }

    /// Pastes text as a terminal with bracketed paste does.
    package func paste(_ text: String) {
        send("\u{1b}[200~\(text)\u{1b}[201~")
    }

    /// Presses the left mouse button at a cell, counted from 0.
    package func click(row: Int, column: Int) {
        send("\u{1b}[<0;\(column + 1);\(row + 1)M\u{1b}[<0;\(column + 1);\(row + 1)m")
    }

    /// Makes the window another size.
    package func resize(rows: Int, columns: Int) {
        screen.resize(rows: rows, columns: columns)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
    }

    /// Sends the process a signal.
    package func signal(_ signal: Int32) {
        kill(process, signal)
    }

    /// Closes the window.
    package func hangUp() {
        guard terminal >= 0 else { return }
        close(terminal)
        terminal = -1
    }
}

// MARK: The screen

extension PtySession {
    /// The lines on the screen, without blanks at their ends.
    package var lines: [String] { screen.lines }
    /// The screen as one text.
    package var text: String { lines.joined(separator: "\n") }
    /// Where the cursor is.
    package var cursor: (row: Int, column: Int) { screen.cursor }
    /// Whether the cursor is shown.
    package var showsCursor: Bool { screen.properties.showsCursor }
    /// Whether the screen is the one of full-screen programs.
    package var showsAlternateScreen: Bool { screen.properties.showsAlternateScreen }

    /// Whether the last word on a private mode, 2004 for example, switched it on.
    package func isModeOn(_ mode: Int) -> Bool {
        let written = String(decoding: output, as: UTF8.self)
        let on = written.ranges(of: "\u{1b}[?\(mode)h").last?.lowerBound
        let off = written.ranges(of: "\u{1b}[?\(mode)l").last?.lowerBound
        guard let on else { return false }
        return off.map { $0 < on } ?? true
    }

    /// What is different from before the program; empty when the terminal is as it was.
    package var leftovers: [String] {
        var leftovers: [String] = []
        if showsAlternateScreen { leftovers.append("alternate screen") }
        if !showsCursor { leftovers.append("hidden cursor") }
        if !text.hasPrefix("before$ program\n") { leftovers.append("other text on the screen") }
        for mode in [1000, 1002, 1003, 1004, 1006, 2004, 2026] where isModeOn(mode) { leftovers.append("mode \(mode)") }
        let now = Self.settings(of: terminal)
        if now.c_lflag != settingsBefore.c_lflag { leftovers.append("local modes of the line") }
        if now.c_iflag != settingsBefore.c_iflag { leftovers.append("input modes of the line") }
        if now.c_oflag != settingsBefore.c_oflag { leftovers.append("output modes of the line") }
        return leftovers
    }
}

// MARK: Waiting

extension PtySession {
    /// Timeout for a program that only has to draw.
    package static let patience = Duration.seconds(20)

    /// Waits until a condition holds.
    package func wait(
        for what: String,
        within limit: Duration = patience,
        _ condition: (PtySession) -> Bool
    ) throws {
        let deadline = ContinuousClock.now + limit
        while !condition(self) {
            guard ContinuousClock.now < deadline else {
                throw Failure(description: "waited in vain for \(what)\n\(text)")
            }
            read(for: 20)
        }
    }

    /// Waits until a text is on the screen.
    package func expect(_ expected: String, within limit: Duration = patience) throws {
        try wait(for: "“\(expected)”", within: limit) { $0.text.contains(expected) }
    }

    /// Waits until a text is no longer on the screen.
    package func expectNo(_ unexpected: String) throws {
        try wait(for: "no “\(unexpected)”") { !$0.text.contains(unexpected) }
    }

    /// Waits until the process ends, and reads the rest of what it wrote.
    package func waitForExit() throws -> Exit {
        if let exit { return exit }
        var status: Int32 = 0
        try wait(for: "the end of the process") { session in
            waitpid(session.process, &status, WNOHANG) == session.process
        }
        while read(for: 0) {}
        let signal = status & 0x7f
        let exit = signal == 0 ? Exit.code(status >> 8 & 0xff) : Exit.signal(signal)
        self.exit = exit
        return exit
    }

    /// Reads what is there, waiting some milliseconds for it.
    @discardableResult
    private func read(for milliseconds: Int32) -> Bool {
        guard terminal >= 0 else {
            _ = poll(nil, 0, milliseconds)
            return false
        }
        var descriptor = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, milliseconds) > 0 else { return false }
        var bytes: [UInt8] = Array(repeating: 0, count: 1 << 16)
        let count = Glibc.read(terminal, &bytes, bytes.count)
        guard count > 0 else {
            // All ends are closed: poll would return at once from now on.
            _ = poll(nil, 0, milliseconds)
            return false
        }
        output += bytes.prefix(count)
        let answer = screen.show(bytes.prefix(count))
        if !answer.isEmpty { send(answer) }
        return true
    }
}
