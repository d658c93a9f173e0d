/// Runs a program on a terminal until it quits.
///
/// It belongs to one thread, the main one at best, and blocks it.
package final class Runtime<P: Program> {
    /// Work outside the loop, which reports through the mailbox.
    package typealias Work = @concurrent @Sendable (Mailbox<P.Message>) async -> Void

    /// The terminal the program runs on.
    package let terminal: any Terminal
    /// Where work reports.
    package let mailbox: Mailbox<P.Message>
    /// The program as it is now.
    package private(set) var program: P

    /// Grace period of running work after `quit`, the saving of a draft for example.
    package var gracePeriod = Duration.seconds(2)

    private let perform: (P.Effect, Runtime<P>) -> Void
    private let listen: (P.Subscription) -> Work
    private var pacer = FramePacer()
    private var works: WorkList
    private var listeners: [P.Subscription: Task<Void, Never>] = [:]
    private var lastTick: Duration?
    private var hasFocus = true
    private var isRunning = false
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    /// Puts program and terminal together with what does the effects.
    ///
    /// - Parameters:
    ///   - program: The program in its first state.
    ///   - terminal: Where it is shown.
    ///   - listen: The work behind a subscription; it is cancelled when the program no longer names it.
    ///   - perform: Does an effect, with the runtime's verbs: `start`, `quit`, `suspend`, `release`, `copy`.
    package init(
        _ program: P,
        on terminal: any Terminal,
        listen: @escaping (P.Subscription) -> Work,
        perform: @escaping (P.Effect, Runtime<P>) -> Void
    ) {
        self.program = program
        self.terminal = terminal
        self.listen = listen
        self.perform = perform
        mailbox = Mailbox(waker: terminal.waker)
        works = WorkList(waker: terminal.waker)
        start = clock.now
    }

    private var now: Duration { start.duration(to: clock.now) }

    /// Runs until an effect calls `quit`, and gives back the program as it ended.
    @discardableResult
    package func run() -> P {
        isRunning = true
        send(.event(.resize(terminal.size)))
        paint()
        while isRunning { step() }
        finish()
        return program
    }

    private func step() {
        for event in terminal.wait(for: timeout) where isRunning { take(event) }
        for message in mailbox.take() where isRunning {
            send(.message(message))
            pacer.requestFrame()
        }
        if isRunning, let elapsed = tickDue() {
            send(.tick(elapsed: elapsed))
            pacer.requestFrame()
        }
        if isRunning, pacer.delay(at: now) == .zero { paint() }
    }

    private func take(_ event: Event) {
        if case .focus(let isFocused) = event {
            // Many terminals report the focus they always had when the report is switched on.
            guard isFocused != hasFocus else { return }
            hasFocus = isFocused
        }
        send(.event(event))
        pacer.requestFrameNow()
    }

    private func send(_ input: Input<P.Message>) {
        for effect in program.update(input) { perform(effect, self) }
        works.forgetFinished()
        follow(program.subscriptions)
    }

    private func paint() {
        var canvas = Canvas(terminal.size)
        program.draw(on: &canvas)
        terminal.present(canvas)
        pacer.painted(at: now)
    }

    private var timeout: Duration? {
        [pacer.delay(at: now), untilPulse].compactMap { $0 }.min()
    }
}

// MARK: Verbs for effects

extension Runtime {
    /// Starts work on other threads.
    package func start(_ work: @escaping Work) {
        works.start { [mailbox] in await work(mailbox) }
    }

    /// Ends the loop after this step; running work has its `gracePeriod` to finish.
    package func quit() {
        isRunning = false
    }

    /// Stops the process as ^Z does.
    package func suspend() {
        terminal.suspend()
        pacer.requestFrameNow()
    }

    /// Lets an editor or a pager have the terminal while the closure runs.
    package func release(_ body: () -> Void) {
        terminal.release(body)
        pacer.requestFrameNow()
    }

    /// Rings, and has the terminal report a line on the desktop.
    package func notify(_ text: String, terminal name: String?) {
        terminal.emit(DesktopNotification.sequence(text, terminal: name))
    }

    /// Sends text to the clipboard of the terminal; false when it is too long for one.
    package func copy(_ text: String) -> Bool {
        guard let sequence = Clipboard.sequence(copying: text) else { return false }
        terminal.emit(sequence)
        return true
    }
}

// MARK: Tick, subscriptions, the end

extension Runtime {
    private var pulseInterval: Duration? {
        program.tick.map { max($0, .milliseconds(125)) }
    }

    private var untilPulse: Duration? {
        pulseInterval.map { interval in
            lastTick.map { max(.zero, $0 + interval - now) } ?? .zero
        }
    }

    private func tickDue() -> Duration? {
        guard let interval = pulseInterval else {
            lastTick = nil
            return nil
        }
        let now = now
        guard let last = lastTick else {
            lastTick = now
            return nil
        }
        guard now >= last + interval else { return nil }
        lastTick = now
        return now - last
    }

    private func follow(_ wanted: Set<P.Subscription>) {
        for (subscription, task) in listeners where !wanted.contains(subscription) {
            task.cancel()
            listeners[subscription] = nil
        }
        for subscription in wanted where listeners[subscription] == nil {
            let work = listen(subscription)
            listeners[subscription] = Task(executorPreference: WorkThreads.shared) { [mailbox] in await work(mailbox) }
        }
    }

    private func finish() {
        follow([])
        let deadline = now + gracePeriod
        while works.unfinished > 0, now < deadline { _ = terminal.wait(for: deadline - now) }
        works.cancelAll()
    }
}

extension Runtime where P.Subscription == Never {
    /// Puts program and terminal together when the program listens to nothing.
    package convenience init(
        _ program: P,
        on terminal: any Terminal,
        perform: @escaping (P.Effect, Runtime<P>) -> Void
    ) {
        self.init(program, on: terminal, listen: Self.silence, perform: perform)
    }

    private static func silence<Subscription>(_: Subscription) -> Work {
        { _ in }
    }
}
