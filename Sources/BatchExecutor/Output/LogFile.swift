import Glibc
import Synchronization

/// A log that gathers lines and writes many at a time; a log that grows long keeps every hundredth line only, and says so.
final class LogFile: Sendable {
    private struct State {
        var buffer: [UInt8] = []
        var lines = 0
    }

    private static let bufferSize = 1 << 16
    private static let share = 100

    private let path: String
    private let limit: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - path: The file; it is made with its first line.
    ///   - limit: Lines after which only every hundredth is kept.
    init(at path: String, limit: Int = 100_000) {
        self.path = path
        self.limit = limit
    }

    deinit {
        flush()
    }

    /// Adds a line, or several in one text.
    func add(_ text: String) {
        state.withLock { state in
            state.lines += 1
            if state.lines == limit + 1 {
                state.buffer.append(
                    contentsOf: "From here on one line in \(Self.share) is kept: there are many.\n".utf8
                )
            }
            guard state.lines <= limit || state.lines.isMultiple(of: Self.share) else { return }
            state.buffer.append(contentsOf: text.utf8)
            state.buffer.append(UInt8(ascii: "\n"))
            if state.buffer.count > Self.bufferSize { Self.write(&state.buffer, to: path) }
        }
    }

    /// Writes what has gathered.
    func flush() {
        state.withLock { Self.write(&$0.buffer, to: path) }
    }

    /// Lines that a full disk does not take are dropped; the job continues.
    private static func write(_ buffer: inout [UInt8], to path: String) {
        if buffer.isEmpty { return }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            buffer.withUnsafeBytes { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
            close(descriptor)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
