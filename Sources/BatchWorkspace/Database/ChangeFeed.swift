package import BatchDomain
@preconcurrency import Dispatch
import Glibc
import Synchronization

/// Reports commits of any process to a workspace by watching the database's files; costs nothing while nothing happens.
package struct ChangeFeed: Sendable {
    private let folder: WorkspaceFolder
    private let interval: DispatchTimeInterval

    /// Watches a workspace.
    ///
    /// - Parameters:
    ///   - folder: The workspace.
    ///   - milliseconds: The least time from one telling to the next.
    package init(_ folder: WorkspaceFolder, everyMilliseconds milliseconds: Int = 25) {
        self.folder = folder
        interval = .milliseconds(milliseconds)
    }

    /// One element at once, then some after each burst of changes, until the caller's task ends.
    ///
    /// Changes during the caller's work are not lost: they make one more element. A commit can be read only some time after
    /// its last write to the file (it is synced in between), so each burst is reported twice: soon, and once more when even a slow
    /// disk is done.
    package func changes() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            continuation.yield()
            guard let watch = DatabaseWatch(folder: folder, interval: interval, onChange: { continuation.yield() })
            else {
                continuation.finish()
                return
            }
            continuation.onTermination = { _ in watch.stop() }
        }
    }
}

/// An inotify watch on a folder, read when the kernel has something to say, and then not again for a moment: a thousand commits
/// a second cost what forty do.
private final class DatabaseWatch: Sendable {
    /// From the first change of a burst to its telling.
    private static let pause: DispatchTimeInterval = .milliseconds(25)
    /// From the last change to the last telling, in nanoseconds.
    private static let settling: UInt64 = 300_000_000

    private let source: any DispatchSourceRead
    private let queue = DispatchQueue(label: "batchstudio.changes")
    /// The time of the last change, while a burst has a report to come.
    private let lastChange = Mutex<UInt64?>(nil)
    private let onChange: @Sendable () -> Void

    init?(folder: WorkspaceFolder, interval: DispatchTimeInterval, onChange: @escaping @Sendable () -> Void) {
        let descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else { return nil }
        // The folder, not the -wal file: SQLite deletes and creates that one again.
        guard inotify_add_watch(descriptor, folder.path, UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO)) >= 0 else {
            close(descriptor)
            return nil
        }
        self.onChange = onChange
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        // The handlers keep the watch alive until it is stopped.
        source.setEventHandler { @Sendable [self] in
            let concernsDatabase = Self.drain(descriptor)
            source.suspend()
            let now = DispatchTime.now()
            queue.asyncAfter(deadline: now + Self.pause) { @Sendable [self] in
                if concernsDatabase, !source.isCancelled { changed() }
            }
            queue.asyncAfter(deadline: now + interval) { @Sendable [self] in source.resume() }
        }
        source.setCancelHandler { @Sendable in _ = close(descriptor) }
        source.activate()
    }

    private func changed() {
        let isFirst = lastChange.withLock { last in
            defer { last = DispatchTime.now().uptimeNanoseconds }
            return last == nil
        }
        onChange()
        if isFirst { reportEnd(after: Self.settling) }
    }

    /// Reports the burst once more when it has been over for a while.
    private func reportEnd(after nanoseconds: UInt64) {
        queue.asyncAfter(deadline: .now() + .nanoseconds(Int(nanoseconds))) { @Sendable [self] in
            let rest: UInt64 = lastChange.withLock { last in
                let quiet = DispatchTime.now().uptimeNanoseconds - (last ?? 0)
                if quiet < Self.settling { return Self.settling - quiet }
                last = nil
                return 0
            }
            if source.isCancelled { return }
            if rest > 0 { reportEnd(after: rest) } else { onChange() }
        }
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
