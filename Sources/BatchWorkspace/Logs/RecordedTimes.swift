package import FoundationEssentials
import Glibc

/// Times that were recorded while a process printed, a record each: the time, then the sizes of its two files by then, 64 bits each.
package struct RecordedTimes {
    private struct Record {
        var time: Int
        var size: Int
    }

    private static let recordSize = 24
    private static let blockRecords = 128

    private let path: String
    /// The number in a record that is the size of this file.
    private let column: Int
    private let count: Int
    private var block: [Int64] = []
    private var blockStart = 0
    /// The offsets that are known to be of one time.
    private var known: Range<Int> = 0..<0
    private var knownTime = 0

    /// Adds a record: whatever is in the file from its size on was printed at a time or later; an earlier record of this size is replaced,
    /// as nothing was printed since.
    package static func record(_ time: Date, size: Int, at path: String) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return }
        let count = Int(status.st_size) / recordSize
        var last = [Int64](repeating: -1, count: 3)
        if count > 0 { _ = pread(descriptor, &last, recordSize, (count - 1) * recordSize) }
        let record = [Int64(time.timeIntervalSince1970 * 1000), Int64(size), 0]
        _ = pwrite(descriptor, record, recordSize, (last[1] == size ? count - 1 : count) * recordSize)
    }

    /// Opens the records of a process; nil when it wrote none.
    init?(at path: String, isError: Bool) {
        var status = stat()
        guard stat(path, &status) == 0, Int(status.st_size) >= Self.recordSize else { return nil }
        self.path = path
        column = isError ? 2 : 1
        count = Int(status.st_size) / Self.recordSize
    }

    /// The time at which the line at an offset was printed.
    mutating func time(at offset: Int) -> Int {
        if known.contains(offset) { return knownTime }
        let next = firstIndex { $0.size > offset }
        let record = record(max(0, next - 1))
        let end = next < count ? self.record(next).size : Int.max
        known = min(record.size, offset)..<max(end, offset + 1)
        knownTime = record.time
        return knownTime
    }

    /// Where what was printed at a time or later begins; nil when nothing was.
    mutating func offset(of time: Int) -> Int? {
        let index = firstIndex { $0.time >= time }
        return index < count ? record(index).size : nil
    }

    /// Memory for what was read, in bytes.
    var heldBytes: Int { 8 * block.capacity }

    /// Gives the memory back.
    mutating func drop() { block = [] }

    /// Of the records, which are in order, the first for which something holds, as it does for all after it.
    private mutating func firstIndex(where holds: (Record) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(record(middle)) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private mutating func record(_ index: Int) -> Record {
        if index < blockStart || 3 * (index - blockStart) + 2 >= block.count { load(index) }
        let start = 3 * (index - blockStart)
        guard start + 2 < block.count else { return Record(time: 0, size: .max) }
        return Record(time: Int(block[start]), size: Int(block[start + column]))
    }

    private mutating func load(_ index: Int) {
        blockStart = index / Self.blockRecords * Self.blockRecords
        let (path, start) = (path, blockStart * Self.recordSize)
        let numbers = 3 * min(Self.blockRecords, count - blockStart)
        block = [Int64](unsafeUninitializedCapacity: numbers) { buffer, filled in
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            defer { if descriptor >= 0 { close(descriptor) } }
            let read = pread(descriptor, buffer.baseAddress, 8 * numbers, start)
            filled = max(0, read) / 8
        }
    }
}
