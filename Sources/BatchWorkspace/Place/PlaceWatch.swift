package import BatchDomain
@preconcurrency import Dispatch
import Glibc

/// Reports when a workspace's folder was renamed or deleted, or when files of it that must stay were replaced: by the kernel's own
/// word, so that nothing is polled while nothing happens.
package final class PlaceWatch: Sendable {
    private static let files = ["studio.sqlite", "executor.lock"]

    private let source: any DispatchSourceRead

    /// Calls after each change that may matter; nil when the folder can't be watched.
    ///
    /// A rename of a folder further up is not seen: whoever needs to know asks ``WorkspacePlace/displacement()`` as well.
    package init?(_ folder: WorkspaceFolder, onChange: @escaping @Sendable () -> Void) {
        let descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else { return nil }
        let events = IN_MOVE_SELF | IN_DELETE_SELF | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO
        guard inotify_add_watch(descriptor, folder.path, UInt32(events)) >= 0 else {
            close(descriptor)
            return nil
        }
        source = DispatchSource.makeReadSource(
            fileDescriptor: descriptor,
            queue: DispatchQueue(label: "batchstudio.place")
        )
        source.setEventHandler { @Sendable in if Self.drain(descriptor) { onChange() } }
        source.setCancelHandler { @Sendable in _ = close(descriptor) }
        source.activate()
    }

    /// Watches no more.
    package func stop() { source.cancel() }

    /// Reads all waiting events; whether one of them matters.
    private static func drain(_ descriptor: Int32) -> Bool {
        var matters = false
        let size = 4096
        withUnsafeTemporaryAllocation(byteCount: size, alignment: MemoryLayout<inotify_event>.alignment) { buffer in
            while case let count = read(descriptor, buffer.baseAddress, size), count > 0 {
                var offset = 0
                while offset < count {
                    let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
                    let start = offset + MemoryLayout<inotify_event>.size
                    let name = buffer[start..<start + Int(event.len)].prefix { $0 != 0 }
                    if name.isEmpty || files.contains(where: { name.starts(with: $0.utf8) }) { matters = true }
                    offset = start + Int(event.len)
                }
            }
        }
        return matters
    }
}
