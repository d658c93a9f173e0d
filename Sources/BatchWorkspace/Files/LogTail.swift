import Foundation
import Glibc
import Synchronization
import SystemKit

/// The end of a log file, and what is added to it as it comes; costs nothing while nothing is added.
package struct LogTail: Sendable {
    private let path: String
    private let beginning: Int

    /// Follows a file from a number of bytes before its end.
    package init(path: String, beginning: Int = 512 << 10) {
        self.path = path
        self.beginning = beginning
    }

    /// The pieces, until the caller's task ends; nil when there is no such file yet.
    package func pieces() -> AsyncStream<String>? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        let place = Mutex(Place(position: max(0, lseek(descriptor, 0, SEEK_END) - beginning)))
        return AsyncStream { continuation in
            let read: @Sendable () -> Void = {
                place.withLock { place in
                    while let piece = place.next(of: descriptor) { continuation.yield(piece) }
                }
            }
            let watch = FileWatch(of: path, for: .modified, onChange: { _, _ in read() }, onStop: { close(descriptor) })
            guard let watch else {
                read()
                close(descriptor)
                continuation.finish()
                return
            }
            continuation.onTermination = { _ in watch.stop() }
            // Only now that the watch has begun, so that nothing written meanwhile is missed.
            watch.perform(read)
        }
    }
}

/// How far a log has been read.
private struct Place {
    var position: Int
    /// A piece may end inside a character, which then waits for its rest.
    private var rest: [UInt8] = []

    init(position: Int) {
        self.position = position
    }

    /// The next piece; nil when there is no more yet.
    mutating func next(of descriptor: Int32) -> String? {
        guard let bytes = Self.read(descriptor, from: position), !bytes.isEmpty else { return nil }
        position += bytes.count
        rest += bytes
        let whole = rest.count - Self.openBytes(rest)
        defer { rest.removeFirst(whole) }
        return String(decoding: rest[..<whole], as: UTF8.self)
    }

    private static func read(_ descriptor: Int32, from position: Int) -> [UInt8]? {
        var bytes: [UInt8] = Array(repeating: 0, count: 64 << 10)
        let count = pread(descriptor, &bytes, bytes.count, position)
        return count >= 0 ? Array(bytes[..<count]) : nil
    }

    /// How many bytes at the end belong to a character that is not complete.
    private static func openBytes(_ bytes: [UInt8]) -> Int {
        for (back, byte) in bytes.suffix(3).reversed().enumerated() {
            if byte & 0xc0 == 0x80 { continue }
            let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
            return length > back + 1 ? back + 1 : 0
        }
        return 0
    }
}
