@preconcurrency internal import Dispatch
internal import Glibc

/// A named pipe through which other processes wake the one that holds it.
package final class WakePipe: Sendable {
    private let source: any DispatchSourceRead

    /// Makes the pipe where there is none, and calls `onWake` after each burst of wake-ups.
    package init(at path: String, onWake: @escaping @Sendable () -> Void) throws(FileError) {
        if mkfifo(path, 0o600) != 0, errno != EEXIST { throw FileError(.make, path) }
        // Open for writing too, so that the last process to leave does not make it readable forever.
        let descriptor = uninterrupted { open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC) }
        guard descriptor >= 0 else { throw FileError(.open, path) }
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .global())
        source.setEventHandler { @Sendable in
            var bytes = [UInt8](repeating: 0, count: 512)
            while read(descriptor, &bytes, bytes.count) > 0 {}
            onWake()
        }
        source.setCancelHandler { @Sendable in _ = Glibc.close(descriptor) }
        source.activate()
    }

    /// Ends the calls.
    package func close() {
        source.cancel()
    }

    /// Wakes the process that holds the pipe at a path.
    ///
    /// - Parameters:
    ///   - path: The pipe.
    ///   - timeout: How long to wait until it has noticed.
    /// - Returns: Whether it has noticed; false when no process holds the pipe, or when it ends before it does.
    package static func wake(at path: String, within timeout: Duration) -> Bool {
        let descriptor = uninterrupted { open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC) }
        guard descriptor >= 0 else { return false }
        defer { Glibc.close(descriptor) }
        var byte: UInt8 = 1
        _ = write(descriptor, &byte, 1)
        let end = ContinuousClock.now + timeout
        while ContinuousClock.now < end {
            var unread: Int32 = 0
            if ioctl(descriptor, UInt(FIONREAD), &unread) == 0, unread == 0 { return true }
            var pipe = pollfd(fd: descriptor, events: 0, revents: 0)
            // The last reader has gone, and takes what is unread with it.
            if poll(&pipe, 1, 1) > 0 { return false }
        }
        return false
    }
}
