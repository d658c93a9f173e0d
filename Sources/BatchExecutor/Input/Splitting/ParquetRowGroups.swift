import Foundation
import Glibc

/// The row groups of a Parquet file, as its footer lists them: Thrift's compact protocol, of which only what is needed is read.
struct ParquetRowGroups: Equatable {
    /// A row group.
    struct Group: Equatable {
        var rows = 0
        /// Bytes of its data: compressed where the file says so.
        var bytes = 0
    }

    private(set) var groups: [Group] = []
    /// Bytes of all groups.
    private(set) var bytes = 0

    /// Maximum size of a footer that is read, in bytes.
    private static let maxFooter = 256 << 20
    /// Maximum number of row groups; a file with more is not split.
    private static let maxGroups = 1 << 20
    private static let magic = Array("PAR1".utf8)

    /// Reads the footer of an open file; nil where there is none that can be read.
    ///
    /// - Parameters:
    ///   - descriptor: The file.
    ///   - size: Its size in bytes.
    init?(of descriptor: Int32, size: Int) {
        guard size >= 12, let end = Self.bytes(of: descriptor, at: size - 8, count: 8), Array(end[4...]) == Self.magic
        else { return nil }
        let length = end[..<4].enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
        guard length <= min(size - 12, Self.maxFooter),
            let footer = Self.bytes(of: descriptor, at: size - 8 - length, count: length)
        else { return nil }
        self.init(footer: footer)
    }

    /// Reads a footer.
    init?(footer: [UInt8]) {
        var reader = ThriftReader(bytes: footer)
        var rows: Int?
        guard
            reader.readStruct({ field, type, reader in
                switch (field, type) {
                case (3, .integer): rows = reader.integer()
                case (4, .list):
                    guard let list = reader.listHeader(), list.type == .structure,
                        list.count <= Self.maxGroups
                    else { return false }
                    for _ in 0..<list.count {
                        guard let group = Self.group(&reader) else { return false }
                        groups.append(group)
                    }
                default: return reader.skip(type)
                }
                return true
            })
        else { return nil }
        // So that no sum of them overflows.
        let isPossible = groups.allSatisfy { 0..<1 << 40 ~= $0.rows && 0..<1 << 42 ~= $0.bytes }
        guard isPossible, let rows, groups.reduce(0, { $0 + $1.rows }) == rows else { return nil }
        bytes = groups.reduce(0) { $0 + $1.bytes }
    }

    private static func group(_ reader: inout ThriftReader) -> Group? {
        var group = Group()
        var compressed: Int?
        let isWhole = reader.readStruct { field, type, reader in
            switch (field, type) {
            case (2, .integer): group.bytes = reader.integer() ?? -1
            case (3, .integer): group.rows = reader.integer() ?? -1
            case (6, .integer): compressed = reader.integer()
            default: return reader.skip(type)
            }
            return true
        }
        if let compressed { group.bytes = compressed }
        return isWhole ? group : nil
    }

    private static func bytes(of descriptor: Int32, at offset: Int, count: Int) -> [UInt8]? {
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
            length = 0
            while length < count {
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
        return bytes.count == count ? bytes : nil
    }
}
