internal import CTerminalGuard
internal import Glibc

/// Signals as values, read from the guard's pipe.
struct SignalPipe {
    private static let watched = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT]

    var descriptor: Int32 { terminal_guard_pipe() }

    func open() {
        _ = terminal_guard_pipe()
        for signal in Self.watched { terminal_guard_watch(signal) }
    }

    /// Lets signals act again.
    ///
    /// A closed terminal wakes its readers before it sends SIGHUP: who has left by then must not be killed by what is only the
    /// same news, late (seen 2026-11-22).
    func close(isTerminalGone: Bool = false) {
        for signal in Self.watched where signal != SIGHUP || !isTerminalGone { terminal_guard_unwatch(signal) }
    }

    /// The signals that arrived; wake-ups are read away with them.
    func take() -> Set<Int32> {
        var signals: Set<Int32> = []
        var bytes: [UInt8] = Array(repeating: 0, count: 256)
        while true {
            let count = read(descriptor, &bytes, bytes.count)
            guard count > 0 else { return signals }
            signals.formUnion(bytes.prefix(count).lazy.filter { $0 != 0 }.map(Int32.init))
        }
    }
}
