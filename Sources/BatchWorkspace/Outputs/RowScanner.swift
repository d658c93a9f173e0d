import BatchDomain

/// Finds where the rows of a CSV or JSON Lines file begin, from bytes that come in pieces.
///
/// Its rows are those that ``CSVReader`` and ``JSONLinesReader`` give: lines in quotes do not end a row, and empty ones are none.
struct RowScanner {
    /// The rows of which the place is kept are this far apart.
    static let distance = 1024

    private enum Place {
        case cellStart, cell, quoted, afterQuote
    }

    private let delimiter: UInt8?
    private var place = Place.cellStart
    private var isEmpty = true
    /// The bytes that were read.
    private(set) var offset = 0
    /// The rows that have ended.
    private(set) var rows = 0
    /// The places of row 0, of row ``distance`` and so on.
    private(set) var marks = [0]

    /// - Parameter delimiter: The character between the cells of CSV; nil for lines without cells.
    init(_ delimiter: UInt8?) {
        self.delimiter = delimiter
    }

    /// The rows that are known once the file has ended: the last one may have no line break.
    var rowsAtEnd: Int { rows + (isEmpty ? 0 : 1) }

    /// Reads a piece, until so many rows have ended.
    mutating func read(_ bytes: UnsafeRawBufferPointer, until limit: Int = .max) {
        for byte in bytes {
            if rows == limit { return }
            offset += 1
            if byte == UInt8(ascii: "\n"), place != .quoted {
                endLine()
                continue
            }
            switch place {
            case .quoted:
                if byte == UInt8(ascii: "\"") { place = .afterQuote }
            case .cellStart, .afterQuote, .cell:
                if byte == UInt8(ascii: "\r") { continue }
                isEmpty = false
                guard let delimiter else { continue }
                if byte == UInt8(ascii: "\"") {
                    place = place == .cell ? .cell : .quoted
                } else {
                    place = byte == delimiter ? .cellStart : .cell
                }
            }
        }
    }

    private mutating func endLine() {
        place = .cellStart
        guard !isEmpty else { return }
        isEmpty = true
        rows += 1
        if rows % Self.distance == 0 { marks.append(offset) }
    }
}
