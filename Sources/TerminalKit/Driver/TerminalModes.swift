internal import Glibc

/// The reports beyond keys that a terminal is asked for; leaving reverses entering.
struct TerminalModes {
    private let modes: [Int]

    /// Mouse, bracketed paste and focus, by private modes.
    ///
    /// Not by `mousemask()`: for tmux and screen it asks for X10 reports, which end at column 223.
    init(mouse: Bool) {
        modes = (mouse ? [1000, 1006] : []) + [2004, 1004]
    }

    func enter() {
        Self.emit(modes.map { "\u{1b}[?\($0)h" }.joined())
    }

    func leave() {
        Self.emit(modes.reversed().map { "\u{1b}[?\($0)l" }.joined())
    }

    /// Everything that could be on, off again, without asking ncurses, for a crash.
    static let restoreSequence =
        [2026, 1000, 1002, 1003, 1006, 1004, 2004].map { "\u{1b}[?\($0)l" }.joined()
        + "\u{1b}[0m\u{1b}[?25h\u{1b}[?1049l\u{1b}[?1l\u{1b}>"

    /// Asks the terminal to show what follows at once when it ends.
    static func batch(_ begins: Bool) {
        emit(begins ? "\u{1b}[?2026h" : "\u{1b}[?2026l")
    }

    /// Writes a sequence; ncurses empties its own buffer at the end of each update, so this cannot overtake it.
    static func emit(_ sequence: String) {
        var rest = Array(sequence.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }
}
