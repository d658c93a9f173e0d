@preconcurrency import Dispatch
import Glibc

/// Tells when a file was written to, without looking at it again and again.
struct FileChanges: Sendable {
    let path: String

    /// One element at once, then one after each burst of writes, until the caller's task ends.
    func stream() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
            guard descriptor >= 0, inotify_add_watch(descriptor, path, UInt32(IN_MODIFY)) >= 0 else {
                continuation.yield()
                continuation.finish()
                if descriptor >= 0 { close(descriptor) }
                return
            }
            // A queue of its own: the global ones keep a timer going, and this is to cost nothing.
            let queue = DispatchQueue(label: "batchstudio.file")
            let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
            source.setEventHandler { @Sendable in
                withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
                    while read(descriptor, buffer.baseAddress, buffer.count) > 0 {}
                }
                continuation.yield()
            }
            source.setCancelHandler { @Sendable in _ = close(descriptor) }
            source.activate()
            continuation.onTermination = { _ in source.cancel() }
            // Only now, so that nothing written before the watch began is missed.
            continuation.yield()
        }
    }
}
