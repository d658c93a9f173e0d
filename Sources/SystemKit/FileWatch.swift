@preconcurrency internal import Dispatch
internal import Glibc

/// The kernel's reports of changes to a file, or to a folder and the names in it: nothing is polled while nothing happens.
///
/// It calls on a queue of its own, one call at a time: the global queues keep a timer going, and a task that waits would have
/// libdispatch look around once a second.
///
/// ```swift
/// let watch = FileWatch(of: folder, for: [.modified, .created]) { _, names in
///     if names.contains("studio.sqlite-wal") { refresh() }
/// }
/// defer { watch?.stop() }
/// ```
package final class FileWatch: Sendable {
    /// The kinds of changes that are reported.
    package struct Events: OptionSet, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// Writes to the file, or to files of the folder.
        package static let modified = Events(rawValue: UInt32(IN_MODIFY))
        /// Names that appear in the folder.
        package static let created = Events(rawValue: UInt32(IN_CREATE))
        /// Names that disappear from the folder.
        package static let deleted = Events(rawValue: UInt32(IN_DELETE))
        /// Names that are moved into the folder, or given to other files of it.
        package static let movedIn = Events(rawValue: UInt32(IN_MOVED_TO))
        /// Names that are moved out of the folder, or away from files of it.
        package static let movedOut = Events(rawValue: UInt32(IN_MOVED_FROM))
        /// The end of the watched path itself, by a rename or a deletion.
        package static let gone = Events(rawValue: UInt32(IN_MOVE_SELF | IN_DELETE_SELF))
    }

    private let source: any DispatchSourceRead
    private let queue = DispatchQueue(label: "batchstudio.watch")

    /// Watches a path until it is stopped; nil when it can't be watched.
    ///
    /// - Parameters:
    ///   - path: The file or folder.
    ///   - events: The changes to report.
    ///   - interval: Minimum time from one report to the next; changes in between make one report.
    ///   - onChange: Receives this watch and the names in the folder that changed; a change of the path itself has an empty name.
    ///   - onStop: Called after the last report.
    package init?(
        of path: String,
        for events: Events,
        interval: Duration = .zero,
        onChange: @escaping @Sendable (_ watch: FileWatch, _ names: Set<String>) -> Void,
        onStop: @escaping @Sendable () -> Void = {}
    ) {
        let descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else { return nil }
        guard inotify_add_watch(descriptor, path, events.rawValue) >= 0 else {
            close(descriptor)
            return nil
        }
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        // The handlers keep the watch alive until it is stopped.
        source.setEventHandler { @Sendable [self] in
            onChange(self, Self.changedNames(descriptor))
            guard interval > .zero else { return }
            source.suspend()
            perform(after: interval) { [self] in source.resume() }
        }
        source.setCancelHandler { @Sendable in
            close(descriptor)
            onStop()
        }
        source.activate()
    }

    /// True when no more reports come.
    package var isStopped: Bool { source.isCancelled }

    /// Ends the reports; a running one finishes.
    package func stop() {
        source.cancel()
    }

    /// Calls a closure on the queue of the reports.
    package func perform(after delay: Duration = .zero, _ work: @escaping @Sendable () -> Void) {
        let (seconds, attoseconds) = delay.components
        let nanoseconds = Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
        queue.asyncAfter(deadline: .now() + .nanoseconds(nanoseconds), execute: work)
    }

    /// Reads all waiting events.
    private static func changedNames(_ descriptor: Int32) -> Set<String> {
        var names: Set<String> = []
        let size = 4096
        withUnsafeTemporaryAllocation(byteCount: size, alignment: MemoryLayout<inotify_event>.alignment) { buffer in
            while case let count = read(descriptor, buffer.baseAddress, size), count > 0 {
                var offset = 0
                while offset < count {
                    let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
                    let start = offset + MemoryLayout<inotify_event>.size
                    let name = buffer[start..<start + Int(event.len)].prefix { $0 != 0 }
                    names.insert(String(decoding: name, as: UTF8.self))
                    offset = start + Int(event.len)
                }
            }
        }
        return names
    }
}
