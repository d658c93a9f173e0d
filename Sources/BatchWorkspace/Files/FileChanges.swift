@preconcurrency import Dispatch
import Glibc

/// Reports writes to a file, without polling it.
///
/// It calls on a queue of its own: a task that waits would have libdispatch look around once a second.
final class FileChanges: Sendable {
    private let source: any DispatchSourceRead

    /// Calls once at once, then once after each burst of writes, one call at a time, until it is stopped; nil when the file can't
    /// be watched.
    init?(path: String, onChange: @escaping @Sendable () -> Void, onStop: @escaping @Sendable () -> Void) {
        let descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else { return nil }
        guard inotify_add_watch(descriptor, path, UInt32(IN_MODIFY)) >= 0 else {
            close(descriptor)
            return nil
        }
        // A queue of its own: the global ones keep a timer going, and this is to cost nothing.
        let queue = DispatchQueue(label: "batchstudio.file")
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler { @Sendable in
            withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
                while read(descriptor, buffer.baseAddress, buffer.count) > 0 {}
            }
            onChange()
        }
        source.setCancelHandler { @Sendable in
            close(descriptor)
            onStop()
        }
        // Only now that the watch has begun, so that nothing written meanwhile is missed.
        queue.async(execute: onChange)
        source.activate()
    }

    /// Ends the calls; a running one finishes, then `onStop` is called.
    func stop() {
        source.cancel()
    }
}
