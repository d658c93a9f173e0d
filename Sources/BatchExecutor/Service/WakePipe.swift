import BatchDomain
@preconcurrency import Dispatch
import Foundation
import Glibc

/// The named pipe through which faces wake the executor.
final class WakePipe: Sendable {
    private let source: any DispatchSourceRead

    /// Makes the pipe and calls `onWake` after each burst of wake-ups.
    init(at path: String, onWake: @escaping @Sendable () -> Void) throws {
        if mkfifo(path, 0o600) != 0, errno != EEXIST {
            throw StudioError(.workspace, "\(path) can't be made: \(String(cString: strerror(errno))).")
        }
        // Open for writing too, so that the last face to leave does not make it readable for ever.
        let descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StudioError(.workspace, "\(path) can't be opened: \(String(cString: strerror(errno))).")
        }
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .global())
        source.setEventHandler { @Sendable in
            var bytes = [UInt8](repeating: 0, count: 512)
            while read(descriptor, &bytes, bytes.count) > 0 {}
            onWake()
        }
        source.setCancelHandler { @Sendable in _ = Glibc.close(descriptor) }
        source.activate()
    }

    /// Listens no more.
    func close() {
        source.cancel()
    }
}
