internal import CNcursesw
internal import CTerminalGuard
internal import Glibc

/// The terminal that the process runs in.
///
/// ncurses sets it up, compares cells and writes; input is read without it.
///
/// It belongs to the thread that opened it, and there is one at a time: ncurses is global.
package final class NcursesTerminal: Terminal {
    /// Options of a start.
    package struct Options: Sendable {
        /// True when mouse presses are reported; the terminal's own selecting of text needs Shift then.
        package var mouse = true
        /// A file that gets what is written to standard error while the screen is up; an unnamed one if nil.
        package var log: String?
        /// Forces or forbids exact colours; nil asks `$COLORTERM`.
        package var exactColors: Bool?

        /// The usual choice.
        package init() {}
    }

    private let screen: OpaquePointer
    private let modes: TerminalModes
    private let painter: CellPainter
    private let errors: ErrorRedirection
    private let signals = SignalPipe()
    private var input: InputReader
    /// Events while another program had the terminal.
    private var late: [Event] = []

    /// Runs the closure on an opened screen; when it ends, however it ends, the terminal is as it was.
    package static func withTerminal<Result>(
        _ options: Options = Options(),
        _ body: (NcursesTerminal) throws -> Result
    ) throws -> Result {
        let terminal = try NcursesTerminal(options)
        defer { terminal.close() }
        return try body(terminal)
    }

    private init(_ options: Options) throws(TerminalError) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
        let environment = TerminalEnvironment(exactColors: options.exactColors)
        Self.chooseLocale()
        terminal_guard_save(STDOUT_FILENO)
        // Before newterm: ncurses puts its own handlers, which call unsafe functions, where there is none yet.
        signals.open()
        // LINES and COLUMNS would win over the real size, also after it changed.
        use_env(false)
        use_tioctl(true)
        guard let screen = Self.openScreen(environment.candidates) else {
            signals.close()
            throw .unknownTerminal(environment.name)
        }
        self.screen = screen
        set_term(screen)
        guard ncurses_capability("cup") != nil else {
            endwin()
            delscreen(screen)
            signals.close()
            throw .plainTerminal(environment.name)
        }
        raw()
        noecho()
        nonl()
        intrflush(nil, false)
        keypad(ncurses_screen(), true)
        // Painting must not stop half-way because a key waits: input is read by ourselves.
        typeahead(-1)
        curs_set(0)
        painter = CellPainter(allowsColor: environment.allowsColor)
        modes = TerminalModes(mouse: options.mouse)
        input = InputReader(sequences: KeySequences.ofTerminfo())
        errors = ErrorRedirection(log: options.log)
        errors.begin()
        modes.enter()
        terminal_guard_arm(TerminalModes.restoreSequence, errors.logDescriptor, errors.realDescriptor)
        fitToWindow()
    }

    /// A plain loop: a lazy sequence would open the screen twice, and the second one takes the raw modes of the first for
    /// those of the shell.
    private static func openScreen(_ candidates: [String]) -> OpaquePointer? {
        for name in candidates {
            if let screen = newterm(name, ncurses_stdout(), ncurses_stdin()) { return screen }
        }
        for name in candidates {
            guard let description = TerminalDescriptions.named(name) else { continue }
            let old = getenv("TERMINFO").map { String(cString: $0) }
            setenv("TERMINFO", description, 1)
            // Programs that the studio starts must not inherit it.
            defer { if let old { setenv("TERMINFO", old, 1) } else { unsetenv("TERMINFO") } }
            if let screen = newterm(name, ncurses_stdout(), ncurses_stdin()) { return screen }
        }
        return nil
    }

    private func close() {
        modes.leave()
        endwin()
        terminal_guard_disarm()
        signals.close(isTerminalGone: input.isAtEnd)
        errors.end()
        delscreen(screen)
    }

    /// Without a UTF-8 locale, every wide character would stay blank.
    private static func chooseLocale() {
        setlocale(LC_ALL, "")
        guard let codeset = nl_langinfo(nl_item(CODESET)), String(cString: codeset) == "UTF-8" else {
            setlocale(LC_CTYPE, "C.UTF-8")
            return
        }
    }

    package var size: Size {
        Size(width: Int(ncurses_columns()), height: Int(ncurses_rows()))
    }

    package var colors: ColorDepth { painter.colors }

    package var waker: @Sendable () -> Void {
        { terminal_guard_wake() }
    }

    package func present(_ canvas: Canvas) {
        painter.paint(canvas, size: size)
    }

    package func emit(_ sequence: String) {
        TerminalModes.emit(sequence)
    }

    /// Reads the window's size; returns whether it had changed.
    @discardableResult
    private func fitToWindow() -> Bool {
        var window = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_row > 0, window.ws_col > 0,
            is_term_resized(Int32(window.ws_row), Int32(window.ws_col))
        else { return false }
        resizeterm(Int32(window.ws_row), Int32(window.ws_col))
        painter.forget()
        return true
    }
}

// MARK: Waiting

extension NcursesTerminal {
    package func wait(for timeout: Duration?) -> [Event] {
        if !late.isEmpty {
            defer { late = [] }
            return late
        }
        var descriptors = [
            // poll passes over -1; at the end of a closed terminal it would return at once, for ever.
            pollfd(fd: input.isAtEnd ? -1 : STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        let limit = [timeout, input.timeout].compactMap { $0 }.min()
        let ready = poll(&descriptors, nfds_t(descriptors.count), limit?.pollMilliseconds ?? -1)
        var events: [Event] = []
        if ready > 0, descriptors[1].revents != 0 { events += answerSignals() }
        if ready > 0, descriptors[0].revents != 0 { events += input.read() } else { events += input.resolvePending() }
        return events
    }

    private func answerSignals() -> [Event] {
        let arrived = signals.take()
        terminal_guard_answered()
        var events: [Event] = []
        if let end = [SIGTERM, SIGHUP, SIGINT].first(where: arrived.contains) {
            events.append(.terminate(signal: end))
        }
        if arrived.contains(SIGTSTP) { events.append(.suspend) }
        if arrived.contains(SIGCONT) {
            takeBack()
            events.append(.resize(size))
        } else if arrived.contains(SIGWINCH), fitToWindow() {
            events.append(.resize(size))
        }
        return events
    }
}

// MARK: Giving the terminal away

extension NcursesTerminal {
    package func suspend() {
        giveAway()
        terminal_guard_unwatch(SIGTSTP)
        // The whole group, as the terminal does it: whoever waits for us in a pipe stops too.
        kill(0, SIGTSTP)
        terminal_guard_watch(SIGTSTP)
        takeBack()
    }

    package func release(_ body: () -> Void) {
        giveAway()
        // ^Z in the other program has to stop us as well, or the shell never gets the terminal.
        terminal_guard_unwatch(SIGTSTP)
        body()
        terminal_guard_watch(SIGTSTP)
        takeBack()
        // ^C there was not meant for us; a request to stop was.
        let arrived = signals.take()
        terminal_guard_answered()
        if let end = [SIGTERM, SIGHUP].first(where: arrived.contains) { late.append(.terminate(signal: end)) }
        late.append(.resize(size))
    }

    private func giveAway() {
        modes.leave()
        endwin()
        errors.pause()
    }

    /// Also after a stop that could not be handled: what the screen shows is unknown.
    private func takeBack() {
        errors.begin()
        endwin()
        reset_prog_mode()
        keypad(ncurses_screen(), true)
        fitToWindow()
        painter.forget()
        modes.enter()
    }
}
