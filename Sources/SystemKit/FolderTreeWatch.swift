internal import CFileSystem
@preconcurrency internal import Dispatch
internal import Glibc
internal import Synchronization

/// The kernel's reports that files were written or moved into folders, or that one of the folders is gone: nothing is polled.
///
/// One inotify instance serves all of them, since a user has few. Bytes that are written are not reported before their file is closed.
///
/// ```swift
/// let watch = FolderTreeWatch { refresh() }
/// defer { watch?.stop() }
/// if watch?.set([inbox, inbox + "/today"]) == .added { list() }
/// ```
package final class FolderTreeWatch: Sendable {
    /// What became of a request to watch folders.
    package enum Result: Equatable, Sendable {
        /// All of them were watched before.
        case unchanged
        /// Some are watched from now on: what came into them before was not reported.
        case added
        /// Some can't be watched: the system's limit is reached, or changes by other machines are not reported there.
        case unavailable
    }

    private let descriptor: Int32
    private let source: any DispatchSourceRead
    private let watches = Mutex<[String: Int32]>([:])

    /// Makes a watch of no folders; nil when the system has none left.
    ///
    /// - Parameters:
    ///   - interval: Milliseconds from one report to the next; changes in between make one report.
    ///   - onChange: Called after changes.
    package init?(interval: Int = 500, onChange: @escaping @Sendable () -> Void) {
        let descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else { return nil }
        self.descriptor = descriptor
        let queue = DispatchQueue(label: "batchstudio.tree")
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        self.source = source
        source.setEventHandler { @Sendable in
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while read(descriptor, &buffer, buffer.count) > 0 {}
            onChange()
            source.suspend()
            queue.asyncAfter(deadline: .now() + .milliseconds(interval)) { source.resume() }
        }
        source.setCancelHandler { @Sendable in close(descriptor) }
        source.activate()
    }

    /// Watches these folders, and no others.
    package func set(_ folders: Set<String>) -> Result {
        watches.withLock { watches in
            if source.isCancelled { return .unavailable }
            var next: [String: Int32] = [:]
            for folder in folders {
                if Self.isShared(folder) { return .unavailable }
                let mask = IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE | IN_DELETE_SELF | IN_MOVE_SELF
                let watch = inotify_add_watch(descriptor, folder, UInt32(mask) | UInt32(IN_ONLYDIR))
                if watch < 0 {
                    // One that is gone is reported by the folder that held it.
                    if errno == ENOENT || errno == ENOTDIR { continue }
                    return .unavailable
                }
                next[folder] = watch
            }
            let kept = Set(next.values)
            for (folder, watch) in watches where next[folder] == nil && !kept.contains(watch) {
                inotify_rm_watch(descriptor, watch)
            }
            // A folder in place of another of its name has a number of its own.
            let isNew = next.contains { watches[$0.key] != $0.value }
            watches = next
            return isNew ? .added : .unchanged
        }
    }

    /// Ends the reports.
    package func stop() { watches.withLock { _ in source.cancel() } }

    /// Returns whether a folder lies on a file system that other machines may write to unseen.
    private static func isShared(_ folder: String) -> Bool {
        var status = statfs()
        guard statfs(folder, &status) == 0 else { return false }
        // NFS, SMB, CIFS, SMB2, FUSE, 9P, Ceph, AFS, Lustre.
        let kinds: [UInt32] = [
            0x6969, 0x517b, 0xff53_4d42, 0xfe53_4d42, 0x6573_5546, 0x0102_1997, 0x00c3_6400, 0x5346_414f, 0x0bd0_0bd0,
        ]
        return kinds.contains(UInt32(truncatingIfNeeded: status.f_type))
    }
}
