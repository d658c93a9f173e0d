@preconcurrency import Dispatch
import Glibc

/// Tells when any process has committed to a workspace, by watching the database's files; costs nothing while nothing happens.
package struct ChangeFeed: Sendable {
    private let folder: WorkspaceFolder

    package init(_ folder: WorkspaceFolder) {
        self.folder = folder
    }

    /// One element at once, then some after each burst of changes, until the caller's task ends.
    ///
    /// Changes during the caller's work are not lost: they make one more element. A commit can be read only some time after
    /// its last write to the file (it is synced in between), so each burst is told twice: soon, and once more when even a slow
    /// disk is done.
    package func changes() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            continuation.yield()
            let watch = DatabaseWatch(folder: folder) {
                for delay in [DispatchTimeInterval.milliseconds(15), .milliseconds(300)] {
                    DispatchQueue.global().asyncAfter(deadline: .now() + delay) { continuation.yield() }
                }
            }
            guard let watch else {
                continuation.finish()
                return
            }
            continuation.onTermination = { _ in watch.stop() }
        }
    }
}

/// An inotify watch on a folder, read when the kernel has something to say.
private final class DatabaseWatch: Sendable {
    private let source: any DispatchSourceRead

    init?(folder: WorkspaceFolder, onChange: @escaping @Sendable () -> Void) {
        let descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else { return nil }
        // The folder, not the -wal file: SQLite deletes and makes that one anew.
        guard inotify_add_watch(descriptor, folder.path, UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO)) >= 0 else {
            close(descriptor)
            return nil
        }
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .global())
        source.setEventHandler { @Sendable in
            if Self.drain(descriptor) { onChange() }
        }
        source.setCancelHandler { @Sendable in _ = close(descriptor) }
        source.activate()
    }

    func stop() {
        source.cancel()
    }

    /// Reads all waiting events; whether one of them was about the database.
    private static func drain(_ descriptor: Int32) -> Bool {
        var concernsDatabase = false
        let size = 4096
        withUnsafeTemporaryAllocation(byteCount: size, alignment: MemoryLayout<inotify_event>.alignment) { buffer in
            while true {
                let count = read(descriptor, buffer.baseAddress, size)
                guard count > 0 else { return }
                var offset = 0
                while offset < count {
                    let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
                    let start = offset + MemoryLayout<inotify_event>.size
                    let name = buffer[start..<start + Int(event.len)].prefix { $0 != 0 }
                    if name.starts(with: "studio.sqlite".utf8) { concernsDatabase = true }
                    offset = start + Int(event.len)
                }
            }
        }
        return concernsDatabase
    }
}
