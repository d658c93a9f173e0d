internal import CTimer
@preconcurrency internal import Dispatch
internal import Glibc

/// A call at a time of the clock, and whenever the clock is set: nothing wakes up before.
package final class WallTimer: Sendable {
    private let descriptor: Int32
    private let source: any DispatchSourceRead

    /// Makes a timer that is not set.
    ///
    /// - Parameter onTime: Called at the time, and when the clock was set, forward or back.
    /// - Throws: ``FileError`` when the system has no timers left.
    package init(onTime: @escaping @Sendable () -> Void) throws(FileError) {
        let descriptor = timerfd_create(CLOCK_REALTIME, Int32(TFD_NONBLOCK | TFD_CLOEXEC))
        guard descriptor >= 0 else { throw FileError(.open, "a timer") }
        self.descriptor = descriptor
        source = DispatchSource.makeReadSource(
            fileDescriptor: descriptor,
            queue: DispatchQueue(label: "batchstudio.timer")
        )
        source.setEventHandler { @Sendable in
            var expirations: UInt64 = 0
            // Fails with ECANCELED when the clock was set, which ends the wait as well.
            let count = read(descriptor, &expirations, 8)
            if count == 8 || errno == ECANCELED { onTime() }
        }
        source.setCancelHandler { @Sendable in _ = close(descriptor) }
        source.activate()
    }

    /// Sets the time of the call, in seconds since 1970; nil for none.
    ///
    /// A time that has passed calls at once.
    package func set(to time: Double?) {
        var value = itimerspec()
        if let time {
            // Zero would take the time away.
            value.it_value.tv_sec = max(1, Int(time.rounded(.down)))
            value.it_value.tv_nsec = Int((time - time.rounded(.down)) * 1e9)
        }
        let flags = TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET
        timerfd_settime(descriptor, Int32(flags), &value, nil)
    }

    /// Ends the calls.
    package func stop() { source.cancel() }
}
