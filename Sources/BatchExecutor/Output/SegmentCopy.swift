import BatchDomain
import CZlib
import Foundation
import Glibc
import SystemKit

/// Rows on the disk that are not what a worker wrote: their mini-batches must be scored again.
struct DamagedRows: Error, Equatable, CustomStringConvertible {
    /// The mini-batches.
    var miniBatches: [Int]

    var description: String {
        "The rows of \(miniBatches.count) mini-batches, the first of them \(miniBatches.first ?? 0), are not what was written: "
            + "the disk or the memory of this machine is failing"
    }
}

/// Copies segments one after the other into a file, each checked against its checksum on the way.
///
/// The bytes are read once, so that the checked bytes are the written ones.
struct SegmentCopy: Sendable {
    private struct Source {
        var descriptor: Int32
        var window: [UInt8] = []
        var start = 0
    }

    /// Segments of a worker lie one after the other, so much is read of a file at a time.
    private static let windowLength = 1 << 18
    private static let maxSources = 64
    /// Bytes from which rows are written at once; fewer are gathered first.
    private static let worthAWrite = 1 << 15

    private let folder: String
    private let output: Int32
    private let partial: String
    private var sources: [String: Source] = [:]
    private var waiting: [UInt8] = []
    private var damaged: [Int] = []

    init(folder: String, output: Int32, partial: String) {
        self.folder = folder
        self.output = output
        self.partial = partial
    }

    /// The checksum of bytes, as workers report it.
    static func checksum(of bytes: some Collection<UInt8>) -> UInt32 {
        Array(bytes).withUnsafeBytes { checksum(0, $0) }
    }

    /// Continues a checksum over more bytes.
    private static func checksum(_ crc: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
        // To zlib no bytes at all mean a new start.
        guard let start = bytes.baseAddress else { return crc }
        return UInt32(truncatingIfNeeded: crc32_z(uLong(crc), start.assumingMemoryBound(to: Bytef.self), bytes.count))
    }

    /// Adds the rows of a mini-batch; rows that are damaged are remembered.
    mutating func append(_ segment: Segment, of miniBatch: Int) throws {
        if sources.count >= Self.maxSources, sources[segment.file] == nil { close() }
        var source =
            sources.removeValue(forKey: segment.file)
            ?? Source(descriptor: open(folder + "/" + segment.file, O_RDONLY | O_CLOEXEC))
        var crc: UInt32 = 0
        var position = segment.offset
        let end = segment.offset + segment.bytes
        while position < end {
            let offset = position - source.start
            if offset < 0 || offset >= source.window.count {
                let count = max(Self.windowLength, min(end - position, 1 << 20))
                source.window = Self.bytes(of: source.descriptor, at: position, count: count)
                source.start = position
                if source.window.isEmpty { break }
                continue
            }
            let part = source.window[offset..<min(source.window.count, end - source.start)]
            crc = part.withUnsafeBytes { Self.checksum(crc, $0) }
            position += part.count
            if part.count >= Self.worthAWrite {
                try flush()
                try write(part)
            } else {
                waiting.append(contentsOf: part)
                if waiting.count > 1 << 20 { try flush() }
            }
        }
        if position < end || crc != segment.checksum { damaged.append(miniBatch) }
        sources[segment.file] = source
    }

    /// Writes what is left.
    ///
    /// - Throws: ``DamagedRows`` when not all rows are what they were.
    mutating func finish() throws {
        guard damaged.isEmpty else { throw DamagedRows(miniBatches: damaged) }
        try flush()
    }

    mutating func close() {
        for source in sources.values where source.descriptor >= 0 { Glibc.close(source.descriptor) }
        sources = [:]
    }

    private mutating func flush() throws {
        try write(waiting)
        waiting.removeAll(keepingCapacity: true)
    }

    private func write(_ bytes: some Sequence<UInt8>) throws {
        if damaged.isEmpty { try DurableFile.write(bytes, to: output, partial) }
    }

    /// As many bytes as there are, none after an error.
    private static func bytes(of descriptor: Int32, at offset: Int, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
            length = 0
            while descriptor >= 0, length < count {
                let got = pread(
                    descriptor,
                    buffer.baseAddress?.advanced(by: length),
                    count - length,
                    off_t(offset + length)
                )
                if got < 0, errno == EINTR { continue }
                if got <= 0 { break }
                length += got
            }
        }
    }
}
