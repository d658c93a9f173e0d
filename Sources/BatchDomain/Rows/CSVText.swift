/// CSV as RFC 4180 has it, a row at a time: a cell with a comma, a quote or a line break is quoted.
///
/// ```swift
/// CSVText.line(["id", "name, first"])         // id,"name, first"⏎
/// CSVText.cells(of: "id,\"name, first\"")     // ["id", "name, first"]
/// ```
package enum CSVText {
    /// A row with its line feed.
    package static func line(_ cells: [String]) -> String {
        var bytes: [UInt8] = []
        append(cells, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends a row with its line feed.
    package static func append(_ cells: [String], to bytes: inout [UInt8]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(cell, to: &bytes)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private static func append(_ cell: String, to bytes: inout [UInt8]) {
        guard cell.utf8.contains(where: isSpecial) else { return bytes.append(contentsOf: cell.utf8) }
        bytes.append(UInt8(ascii: "\""))
        for byte in cell.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
        default: false
        }
    }

    /// The cells of a row, without their quotes.
    package static func cells(of line: String) -> [String] {
        var reader = CSVReader()
        var cells: [String] = []
        let take: ([String]) -> Bool = { row in
            cells = row
            return true
        }
        _ = reader.read(line.utf8, take)
        reader.finish(take)
        return cells
    }
}
