/// Cuts CSV as RFC 4180 has it into rows, from bytes that come in pieces.
package struct CSVReader {
    /// Maximum cells of a row that are kept in a preview: a file of nothing but commas must not become millions of them.
    package static let maxCells = 1000
    /// Maximum cells of a row of an output, whose last cell names the input file.
    package static let maxOutputCells = 100_000
    /// Maximum bytes of a cell that are kept.
    package static let maxCellBytes = 1 << 16

    private var row: [String] = []
    private var cell: [UInt8] = []
    private var isQuoted = false
    /// A quote was seen inside quotes: either its end or the first of two.
    private var isAfterQuote = false
    private var isEmpty = true
    private let delimiter: UInt8
    private let maxCells: Int

    /// Begins before the first row.
    package init(delimiter: UInt8 = UInt8(ascii: ","), maxCells: Int = Self.maxCells) {
        self.delimiter = delimiter
        self.maxCells = maxCells
    }

    /// Takes a piece; gives each row that ends in it to the closure, until that says false.
    package mutating func read(_ bytes: some Sequence<UInt8>, _ take: ([String]) -> Bool) -> Bool {
        for byte in bytes {
            if isQuoted, !isAfterQuote {
                if byte == UInt8(ascii: "\"") { isAfterQuote = true } else { append(byte) }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                if isAfterQuote {
                    append(byte)
                    isAfterQuote = false
                } else if cell.isEmpty {
                    isQuoted = true
                } else {
                    append(byte)
                }
                isEmpty = false
            case delimiter:
                endCell()
                isEmpty = false
            case UInt8(ascii: "\n"):
                if !endRow(take) { return false }
            case UInt8(ascii: "\r"):
                break
            default:
                isQuoted = false
                isAfterQuote = false
                append(byte)
                isEmpty = false
            }
        }
        return true
    }

    /// Gives the last row, when no line end follows it.
    package mutating func finish(_ take: ([String]) -> Bool) {
        if !isEmpty { _ = endRow(take) }
    }

    private mutating func append(_ byte: UInt8) {
        if cell.count < Self.maxCellBytes { cell.append(byte) }
    }

    private mutating func endCell() {
        if row.count < maxCells { row.append(String(decoding: cell, as: UTF8.self)) }
        cell.removeAll(keepingCapacity: true)
        isQuoted = false
        isAfterQuote = false
    }

    private mutating func endRow(_ take: ([String]) -> Bool) -> Bool {
        guard !isEmpty else { return true }
        endCell()
        let finished = row
        row.removeAll(keepingCapacity: true)
        isEmpty = true
        return take(finished)
    }
}
