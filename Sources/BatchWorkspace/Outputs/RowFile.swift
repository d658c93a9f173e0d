package import BatchDomain
import Foundation
import Synchronization

/// The rows of a CSV or JSON Lines file by their numbers, of any size: it is opened at once, and read only as far as rows are asked for.
///
/// The place of every 1,024th row is kept, 8 bytes each; nothing else grows with the file.
package final class RowFile: Sendable {
    /// The file.
    package let path: String
    /// True when the first row has the names.
    package let hasHeader: Bool
    let isJSON: Bool
    private let delimiter: UInt8
    private let scanner: Mutex<RowScanner>
    private let isComplete = Mutex(false)
    /// The bytes that are read at once.
    static let pieceSize = 1 << 20

    /// - Parameters:
    ///   - path: The file.
    ///   - format: CSV or JSON Lines.
    ///   - delimiter: The character between the cells of CSV.
    package init(_ path: String, format: RowFormat, delimiter: UInt8 = UInt8(ascii: ",")) {
        self.path = path
        self.delimiter = delimiter
        hasHeader = format == .csvWithHeader
        isJSON = format == .jsonLines
        scanner = Mutex(RowScanner(isJSON ? nil : delimiter))
    }

    /// Rows before the first one of data.
    var headerRows: Int { hasHeader ? 1 : 0 }

    /// How many rows of data there are; nil before the end was read.
    package var total: Int? {
        guard isComplete.withLock({ $0 }) else { return nil }
        return max(0, scanner.withLock(\.rowsAtEnd) - headerRows)
    }

    /// The rows of data from one on, and the names that the file has for them; empty where it has none.
    ///
    /// - Throws: ``StudioError`` when it can't be read.
    package func rows(from first: Int, count: Int) throws -> (names: [String], rows: [[String]]) {
        guard isJSON else {
            let names = hasHeader ? try cells(from: 0, count: 1).first ?? [] : []
            return (names, try cells(from: first + headerRows, count: count))
        }
        // Names in the order of the first rows; those of later rows that are new come after them.
        var names = try objects(from: 0, count: 100).flatMap { $0.map(\.name) }.uniqued
        let found = try objects(from: first, count: count)
        names = (names + found.flatMap { $0.map(\.name) }.uniqued).uniqued
        return (names, found.map { object in names.map { name in object.last { $0.name == name }?.text ?? "" } })
    }

    private func cells(from first: Int, count: Int) throws -> [[String]] {
        var reader = CSVReader(delimiter: delimiter, maxCells: CSVReader.maxOutputCells)
        return try read(from: first, count: count) { data, take in
            if let data { return reader.read(data) { take($0) } }
            reader.finish { take($0) }
            return false
        }
    }

    private func objects(from first: Int, count: Int) throws -> [[JSONLinesReader.Cell]] {
        var reader = JSONLinesReader()
        return try read(from: first, count: count) { data, take in
            var isWanted = true
            if let data {
                reader.read(data) { isWanted = isWanted && take($0) }
            } else {
                reader.finish { _ = take($0) }
            }
            return isWanted
        }
    }

    /// Reads from the last known place before a row, and skips what comes before that.
    private func read<Row>(
        from first: Int,
        count: Int,
        _ parse: (Data?, _ take: (Row) -> Bool) -> Bool
    ) throws -> [Row] {
        guard count > 0, let place = try place(of: first) else { return [] }
        let handle = try open()
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(place.offset))
        var (skipped, rows) = (place.row, [Row]())
        let take: (Row) -> Bool = { row in
            if skipped < first { skipped += 1 } else if rows.count < count { rows.append(row) }
            return rows.count < count
        }
        while let data = try handle.read(upToCount: Self.pieceSize / 4), !data.isEmpty {
            if !parse(data, take) { return rows }
        }
        _ = parse(nil, take)
        return rows
    }

    /// The last known place before a row of the file; nil where it has fewer rows.
    func place(of row: Int) throws -> (row: Int, offset: Int)? {
        try scan(until: row)
        return scanner.withLock { scanner in
            let index = row / RowScanner.distance
            guard row < max(scanner.rowsAtEnd, 1), index < scanner.marks.count else { return nil }
            return (index * RowScanner.distance, scanner.marks[index])
        }
    }

    /// Reads on until a row has begun, or to the end; a piece at a time, so that others read meanwhile what is known.
    func scan(until row: Int) throws {
        let handle = try open()
        defer { try? handle.close() }
        while try !scanPiece(of: handle, until: row) {}
    }

    private func scanPiece(of handle: FileHandle, until row: Int) throws -> Bool {
        if isComplete.withLock({ $0 }) { return true }
        return try scanner.withLock { scanner in
            // Rows of which the last may have no end yet.
            if scanner.rows > row { return true }
            try handle.seek(toOffset: UInt64(scanner.offset))
            guard let data = try handle.read(upToCount: Self.pieceSize), !data.isEmpty else {
                isComplete.withLock { $0 = true }
                return true
            }
            data.withUnsafeBytes { scanner.read($0) }
            return false
        }
    }

    /// Where a row of the file begins; nil where it has fewer rows.
    func offset(of row: Int) throws -> Int? {
        guard let place = try place(of: row) else { return nil }
        let handle = try open()
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(place.offset))
        var scanner = RowScanner(isJSON ? nil : delimiter)
        while scanner.rows < row - place.row, let data = try handle.read(upToCount: Self.pieceSize / 4), !data.isEmpty {
            data.withUnsafeBytes { scanner.read($0, until: row - place.row) }
        }
        return scanner.rows == row - place.row ? place.offset + scanner.offset : nil
    }

    /// The number of the row, of the file, that has a byte.
    func row(at offset: Int) throws -> Int {
        let mark = try known(offset)
        let handle = try open()
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(mark.offset))
        var scanner = RowScanner(isJSON ? nil : delimiter)
        if let data = try handle.read(upToCount: offset - mark.offset) { data.withUnsafeBytes { scanner.read($0) } }
        return mark.row + scanner.rows
    }

    /// The last kept place at or before a byte.
    private func known(_ offset: Int) throws -> (row: Int, offset: Int) {
        let handle = try open()
        defer { try? handle.close() }
        while scanner.withLock({ $0.offset < offset }) { if try scanPiece(of: handle, until: .max) { break } }
        return scanner.withLock { scanner in
            var (low, high) = (0, scanner.marks.count)
            while high - low > 1 {
                let middle = (low + high) / 2
                if scanner.marks[middle] <= offset { low = middle } else { high = middle }
            }
            return (low * RowScanner.distance, scanner.marks[low])
        }
    }

    func open() throws -> FileHandle {
        if let handle = FileHandle(forReadingAtPath: path) { return handle }
        throw StudioError(.file, "There is no file \(path), or it may not be read.")
    }
}

extension [String] {
    /// The texts in the order in which they come first.
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
