@preconcurrency import Dispatch
package import TerminalKit

/// A terminal for tests: plays events, keeps every frame, shows nothing.
package final class RecordingTerminal: Terminal {
    /// The next action of the user at this terminal.
    package enum Step {
        /// Does something.
        case event(Event)
        /// Waits for the screen to show something.
        case expect((Canvas) -> Bool)

        /// Presses keys, one after the other.
        package static func key(_ key: Key) -> Step {
            .event(.key(key))
        }

        /// Waits for a text on the screen.
        package static func expect(_ text: String) -> Step {
            .expect { $0.plainText.contains(text) }
        }
    }

    package private(set) var size: Size
    package let colors: ColorDepth
    /// Every canvas that was presented, oldest first.
    package private(set) var frames: [Canvas] = []
    /// Every sequence that was emitted.
    package private(set) var emitted: [String] = []
    /// How often the program was suspended.
    package private(set) var suspensions = 0
    /// How often the terminal was handed over.
    package private(set) var releases = 0
    /// Whether an expectation was still unmet when its time was over; the program is asked to terminate then.
    package private(set) var hasTimedOut = false

    private var steps: ArraySlice<Step>
    private var hasEnded = false
    private let patience: Duration
    private let wakeUp = DispatchSemaphore(value: 0)
    /// When an unmet expectation was first looked at.
    private var waitingSince: ContinuousClock.Instant?

    /// Plays the steps, then ends the session.
    package init(
        size: Size = Size(width: 80, height: 24),
        colors: ColorDepth = .direct,
        patience: Duration = .seconds(60),
        steps: [Step] = []
    ) {
        self.size = size
        self.colors = colors
        self.patience = patience
        self.steps = steps[...]
    }

    package var waker: @Sendable () -> Void {
        { [wakeUp] in _ = wakeUp.signal() }
    }

    /// The text on the screen now.
    package var screen: String { frames.last?.plainText ?? "" }

    package func present(_ canvas: Canvas) {
        frames.append(canvas)
    }

    package func wait(for timeout: Duration?) -> [Event] {
        switch steps.first {
        case .event(let event):
            steps.removeFirst()
            if case .resize(let size) = event { self.size = size }
            return [event]
        case .expect(let isMet):
            guard let frame = frames.last, isMet(frame) else { return waitForChange(timeout) }
            steps.removeFirst()
            waitingSince = nil
            return wait(for: timeout)
        case nil:
            // Asked again, it is for work that the program lets finish.
            if hasEnded, sleep(timeout ?? patience) { return [] }
            hasEnded = true
            return [.terminate(signal: 15)]
        }
    }

    private func waitForChange(_ timeout: Duration?) -> [Event] {
        let now = ContinuousClock.now
        let since = waitingSince ?? now
        waitingSince = since
        let left = patience - since.duration(to: now)
        // A zero or short timeout is the program's own frame or tick, which may bring what is expected. A tick goes on for
        // ever, though, so the patience is that for the whole expectation.
        let wasWoken = left > .zero && sleep(timeout.map { min($0, left) } ?? left)
        if wasWoken || (left > .zero && timeout != nil) { return [] }
        hasTimedOut = true
        steps = []
        return [.terminate(signal: 15)]
    }

    /// Sleeps until it is woken or the time is over; tells whether it was woken.
    private func sleep(_ time: Duration) -> Bool {
        let (seconds, attoseconds) = time.components
        let nanoseconds = Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
        guard wakeUp.wait(timeout: .now() + .nanoseconds(nanoseconds)) == .success else { return false }
        // Several wake-ups are one.
        while wakeUp.wait(timeout: .now()) == .success {}
        return true
    }

    package func suspend() {
        suspensions += 1
    }

    package func release(_ body: () -> Void) {
        releases += 1
        body()
    }

    package func emit(_ sequence: String) {
        emitted.append(sequence)
    }
}
