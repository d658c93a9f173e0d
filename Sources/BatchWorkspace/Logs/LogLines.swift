import Glibc

/// The lines of a log file, read a block at a time in both directions.
///
/// A line that is longer than ``longest`` is several: whatever is written, a line is found by reading a few kilobytes.
struct LogLines {
    /// A long line ends where a multiple of this many bytes is, or before the character that lies there.
    private static let step = 8 << 10
    /// A line is long when it has at least so many bytes before a multiple of ``step``.
    private static let minimum = 4 << 10
    /// Maximum bytes of a line.
    static let longest = step + minimum

    private let path: String
    private let blockSize: Int
    /// The size of the file when it was opened; what is added later is not seen.
    let size: Int
    private var block: [UInt8] = []
    private var blockStart = 0

    /// Opens a file of at least one byte; nil when there is none.
    init?(at path: String, blockSize: Int) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_size > 0 else { return nil }
        self.path = path
        self.blockSize = max(blockSize, Self.longest)
        size = Int(status.st_size)
    }

    /// The line that begins at an offset; nil at the end.
    mutating func line(from start: Int) -> Range<Int>? {
        guard start < size else { return nil }
        load(start, min(size, start + Self.longest), isForward: true)
        var end = (start / Self.step + 1) * Self.step
        if end - start < Self.minimum { end += Self.step }
        if let newline = firstNewline(in: start..<min(end, size)) { return start..<newline + 1 }
        return start..<(end < size ? cut(at: end) : size)
    }

    /// The line that ends at an offset where one does; nil at the beginning.
    mutating func line(until end: Int) -> Range<Int>? {
        guard end > 0 else { return nil }
        let multiple = (end - 1) / Self.step * Self.step
        load(max(0, multiple - Self.minimum), end, isForward: false)
        if let newline = lastNewline(in: multiple..<end - 1) { return newline + 1..<end }
        guard let newline = lastNewline(in: max(0, multiple - Self.minimum)..<multiple) else {
            return (multiple > 0 ? cut(at: multiple) : 0)..<end
        }
        return newline + 1..<end
    }

    /// The first beginning of a line at an offset or after it.
    mutating func beginning(from offset: Int) -> Int {
        guard offset > 0, offset < size else { return min(max(0, offset), size) }
        // Whatever line an offset lies in begins less than this before it.
        let floor = max(0, offset - Self.longest) / Self.step * Self.step
        load(max(0, floor - Self.minimum), min(size, offset + Self.longest), isForward: true)
        var start = 0
        if floor > 0 { start = lastNewline(in: floor - Self.minimum..<floor).map { $0 + 1 } ?? cut(at: floor) }
        while start < offset, let line = line(from: start) { start = line.upperBound }
        return start
    }

    /// Calls a closure with the bytes of a line that was found.
    mutating func withBytes<Result>(of line: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        load(line.lowerBound, line.upperBound, isForward: true)
        return block.withUnsafeBufferPointer {
            let end = min(line.upperBound - blockStart, $0.count)
            let start = min(max(0, line.lowerBound - blockStart), end)
            return body(UnsafeBufferPointer(rebasing: $0[start..<end]))
        }
    }

    /// True when a line ends with a line break, so that nothing is added to it any more.
    mutating func isComplete(_ line: Range<Int>) -> Bool {
        line.upperBound < size || withBytes(of: line) { $0.last == UInt8(ascii: "\n") }
    }

    /// Memory for what was read, in bytes.
    var heldBytes: Int { block.capacity }

    /// Gives the memory back; what is needed again is read again.
    mutating func drop() {
        block = []
        blockStart = 0
    }

    private mutating func load(_ start: Int, _ end: Int, isForward: Bool) {
        if start >= blockStart, end <= blockStart + block.count { return }
        let from = isForward ? start : max(0, end - max(blockSize, end - start))
        let count = min(size - from, max(blockSize, end - from))
        let path = path
        blockStart = from
        block = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            defer { if descriptor >= 0 { close(descriptor) } }
            while filled < count {
                let read = pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, from + filled)
                guard read > 0 else { break }
                filled += read
            }
        }
        // A file that was cut meanwhile.
        if block.count < count { block += [UInt8](repeating: UInt8(ascii: "\n"), count: count - block.count) }
    }

    /// An offset, or the beginning of the character that lies across it.
    private func cut(at offset: Int) -> Int {
        func byte(_ offset: Int) -> UInt8 {
            block.indices.contains(offset - blockStart) ? block[offset - blockStart] : 0
        }
        guard byte(offset) & 0xC0 == 0x80 else { return offset }
        let first = (1...3).lazy.map { offset - $0 }.first { byte($0) & 0xC0 != 0x80 }
        return first.flatMap { byte($0) >= 0xC0 ? $0 : nil } ?? offset
    }

    private func firstNewline(in range: Range<Int>) -> Int? {
        block.withUnsafeBufferPointer { bytes -> Int? in
            guard let base = bytes.baseAddress, !range.isEmpty else { return nil }
            guard let found = memchr(base + (range.lowerBound - blockStart), 10, range.count) else { return nil }
            return blockStart + (UnsafeRawPointer(found) - UnsafeRawPointer(base))
        }
    }

    private func lastNewline(in range: Range<Int>) -> Int? {
        block.withUnsafeBufferPointer { bytes in
            var index = range.upperBound
            while index > range.lowerBound {
                index -= 1
                if bytes[index - blockStart] == UInt8(ascii: "\n") { return index }
            }
            return nil
        }
    }
}
