import BatchDomain
import Foundation

extension RowFile {
    /// The next row of data after one that has a text, in any case of its ASCII letters; nil where there is none.
    ///
    /// The bytes of the file are searched: a quote in a cell of CSV is two there.
    ///
    /// - Throws: ``StudioError`` when the file can't be read; `CancellationError`.
    package func find(_ text: String, after row: Int) throws -> Int? {
        guard let start = try offset(of: row + 1 + headerRows) else { return nil }
        return try match(of: text, in: start..<Int.max, isLast: false).map { try self.row(at: $0) - headerRows }
    }

    /// The last row of data before one that has a text; nil where there is none.
    package func find(_ text: String, before row: Int) throws -> Int? {
        guard var end = try offset(of: row + headerRows), let first = try offset(of: headerRows) else { return nil }
        while end > first {
            let start = max(first, end - Self.pieceSize)
            if let found = try match(of: text, in: start..<end, isLast: true) {
                return try self.row(at: found) - headerRows
            }
            // A match may begin in the piece before and end in this one.
            guard start > first else { return nil }
            end = min(end - 1, start + text.utf8.count - 1)
        }
        return nil
    }

    /// The place of the first or the last match within a range of bytes.
    private func match(of text: String, in range: Range<Int>, isLast: Bool) throws -> Int? {
        let wanted = text.utf8.map(Self.lowered)
        guard let first = wanted.first else { return nil }
        let handle = try open()
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(range.lowerBound))
        var (offset, kept, found) = (range.lowerBound, [UInt8](), Int?.none)
        while offset < range.upperBound {
            try Task.checkCancellation()
            let size = min(Self.pieceSize, range.upperBound - offset)
            guard let data = try handle.read(upToCount: size), !data.isEmpty else { break }
            // What is left of the piece before may be the beginning of a match.
            let bytes = kept + data
            let begin = offset - kept.count
            for index in 0..<max(0, bytes.count - wanted.count + 1) where Self.lowered(bytes[index]) == first {
                guard wanted.indices.allSatisfy({ Self.lowered(bytes[index + $0]) == wanted[$0] }) else { continue }
                if !isLast { return begin + index }
                found = begin + index
            }
            offset += data.count
            kept = Array(bytes.suffix(wanted.count - 1))
        }
        return found
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
}
