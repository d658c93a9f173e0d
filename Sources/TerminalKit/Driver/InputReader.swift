internal import CNcursesw
internal import Glibc

/// Reads standard input into events, and knows how long an Escape may wait for what follows it.
struct InputReader {
    private var decoder: EventDecoder
    private var escapeDeadline: ContinuousClock.Instant?
    private let clock = ContinuousClock()
    /// True when the terminal is gone.
    private(set) var isAtEnd = false

    init(sequences: KeySequences) {
        decoder = EventDecoder(sequences: sequences)
    }

    /// How long to wait for more before `resolvePending()` decides; nil when nothing is open.
    var timeout: Duration? {
        escapeDeadline.map { max(.zero, clock.now.duration(to: $0)) }
    }

    mutating func read() -> [Event] {
        var bytes: [UInt8] = Array(repeating: 0, count: 1 << 16)
        let count = Glibc.read(STDIN_FILENO, &bytes, bytes.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return [] }
        guard count > 0 else {
            isAtEnd = true
            // The signal for it may come later, or not at all.
            return [.terminate(signal: SIGHUP)]
        }
        let events = decoder.decode(bytes.prefix(count))
        escapeDeadline = decoder.isWaiting ? clock.now + .milliseconds(25) : nil
        return events
    }

    mutating func resolvePending() -> [Event] {
        guard let deadline = escapeDeadline, clock.now >= deadline else { return [] }
        escapeDeadline = nil
        return decoder.resolvePending()
    }
}

extension KeySequences {
    /// The built-in sequences and those of the terminal that ncurses has open.
    static func ofTerminfo() -> KeySequences {
        let named: [(String, Key)] = [
            ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
            ("kpp", .pageUp), ("knp", .pageDown), ("kdch1", .delete), ("kich1", Key(.insert)), ("kcbt", .backTab),
            ("kbs", .backspace), ("kent", .enter), ("kUP", Key(.up, .shift)), ("kDN", Key(.down, .shift)),
            ("kLFT", Key(.left, .shift)), ("kRIT", Key(.right, .shift)),
        ]
        var sequences = KeySequences()
        for (name, key) in named + (1...12).map({ ("kf\($0)", .function($0)) }) {
            guard let text = ncurses_capability(name) else { continue }
            sequences.add(Array(String(cString: text).utf8), key)
        }
        return sequences
    }
}
