package import BatchDomain
import Foundation

/// The frozen list of a job's input files: a line each, `SIZE \t MTIME_NS \t PATH`, as `docs/worker-protocol.md` describes.
///
/// It is memory-mapped; what is kept in memory is where each mini-batch begins.
package struct InputManifest: Sendable {
    /// How the files are cut into mini-batches.
    package let plan: MiniBatchPlan
    private let data: Data
    private let starts: [Int]

    /// Writes the list; a crash leaves the whole of it or nothing.
    package static func write(_ listing: InputListing, to path: String) throws {
        var data = Data()
        data.reserveCapacity(listing.files.count * 64)
        for file in listing.files {
            data.append(contentsOf: "\(file.size)\t\(file.modified)\t".utf8)
            for byte in file.path {
                switch byte {
                case UInt8(ascii: "\\"): data.append(contentsOf: "\\\\".utf8)
                case UInt8(ascii: "\t"): data.append(contentsOf: "\\t".utf8)
                case UInt8(ascii: "\n"): data.append(contentsOf: "\\n".utf8)
                case UInt8(ascii: "\r"): data.append(contentsOf: "\\r".utf8)
                default: data.append(byte)
                }
            }
            data.append(UInt8(ascii: "\n"))
        }
        try DurableFile.write(data, to: path)
    }

    /// Opens a list that was written before.
    package init(at path: String, miniBatchSize: Int) throws {
        data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        var starts: [Int] = []
        var files = 0
        var position = 0
        data.withUnsafeBytes { bytes in
            while position < bytes.count {
                if files.isMultiple(of: miniBatchSize) { starts.append(position) }
                files += 1
                position = (bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1) + 1
            }
        }
        starts.append(position)
        self.starts = starts
        plan = MiniBatchPlan(files: files, size: miniBatchSize)
    }

    /// The lines of a mini-batch, as bytes of the file.
    package func bytes(of id: Int) -> Range<Int> { starts[id]..<starts[id + 1] }

    /// Whether no two files have the same base name.
    package var areNamesUnique: Bool {
        data.withUnsafeBytes { bytes in
            // Names within one folder are unique.
            guard bytes.contains(UInt8(ascii: "/")) else { return true }
            var names: Set<[UInt8]> = []
            return bytes.split(separator: UInt8(ascii: "\n")).allSatisfy { line in
                let start = line.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\t") }
                return names.insert(Array(line[(start.map { $0 + 1 } ?? line.startIndex)...])).inserted
            }
        }
    }

    /// The files of a mini-batch, for messages.
    package func files(of id: Int) -> [String] {
        lines(of: id).map { String(decoding: Self.path(in: $0), as: UTF8.self) }
    }

    /// The lines of a mini-batch.
    func lines(of id: Int) -> [Data] {
        let range = bytes(of: id)
        return data[data.startIndex + range.lowerBound..<data.startIndex + range.upperBound]
            .split(separator: UInt8(ascii: "\n"))
    }

    /// The path that a line holds.
    static func path(in line: Data) -> [UInt8] {
        unescaped(line.split(separator: UInt8(ascii: "\t"), maxSplits: 2).last ?? [])
    }

    private static func unescaped(_ path: some Sequence<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var isEscape = false
        for byte in path {
            switch (isEscape, byte) {
            case (false, UInt8(ascii: "\\")):
                isEscape = true
                continue
            case (true, UInt8(ascii: "t")): bytes.append(UInt8(ascii: "\t"))
            case (true, UInt8(ascii: "n")): bytes.append(UInt8(ascii: "\n"))
            case (true, UInt8(ascii: "r")): bytes.append(UInt8(ascii: "\r"))
            default: bytes.append(byte)
            }
            isEscape = false
        }
        return bytes
    }
}
