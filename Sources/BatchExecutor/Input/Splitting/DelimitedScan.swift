import Foundation

/// A scan of delimited text that finds where records end, by the rule of the reader: a quote opens a field at its beginning only,
/// and a line end within quotes ends no record.
///
/// What the reader refuses, and line ends that are a carriage return alone, end the scan: such a file is scored whole.
struct DelimitedScan {
    /// The characters that structure the text.
    struct Dialect: Equatable {
        var delimiter: UInt8
        /// Nil where quotes are part of the text.
        var quote: UInt8?
        /// True when the header has one field: a line without any text is a row then, as an empty value.
        var hasOneColumn = false
    }

    /// The place of the next byte in its record.
    private enum Place {
        case recordStart
        /// Nothing but spaces before it.
        case spaces
        case fieldStart
        case unquoted
        case quoted
        /// After a quote that closes the field, or is the first of two.
        case quoteInQuoted
        case carriageReturn(isBlank: Bool)
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let space = UInt8(ascii: " ")
    private static let tab = UInt8(ascii: "\t")
    /// Bytes that are counted at once where nothing in them is special.
    private static let chunk = 1 << 14

    /// Where parts begin.
    private(set) var cuts: RecordCuts
    private let dialect: Dialect
    private let rowOfBlank: Int
    private var place = Place.recordStart
    private var isOneQuotedField = false
    private var previous: UInt8 = 0
    private var rows: Int
    private var lines: Int
    private var offset: Int

    /// Begins at the first record after the header.
    init(_ dialect: Dialect, cuts: RecordCuts) {
        self.dialect = dialect
        self.cuts = cuts
        rowOfBlank = dialect.hasOneColumn ? 1 : 0
        let first = cuts.cuts[0]
        (offset, rows, lines) = (first.offset, first.rows, first.lines)
    }

    /// Where the scan is.
    private var here: RecordCuts.Cut { RecordCuts.Cut(offset: offset, rows: rows, lines: lines) }

    /// The offset of the next byte to scan.
    var position: Int { offset }

    /// Passes over bytes before the first record, which are part of its part.
    mutating func pass(over count: Int) { offset += count }

    /// Scans the next bytes of the text.
    ///
    /// - Returns: Whether the scan may continue; the file is scored whole if not.
    mutating func scan(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Self.chunk)
            let length = plainLength(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
            if length > 0 {
                start += length
                continue
            }
            guard walk(UnsafeRawBufferPointer(rebasing: bytes[start..<end])) else { return false }
            start = end
        }
        return true
    }

    /// Ends the scan at the end of the file.
    ///
    /// - Returns: The end; nil when the file is scored whole.
    mutating func end() -> RecordCuts.Cut? {
        switch place {
        case .recordStart: break
        case .spaces: rows += rowOfBlank
        case .fieldStart, .unquoted: rows += 1
        case .quoteInQuoted:
            if isOneQuotedField, !dialect.hasOneColumn { return nil }
            rows += 1
        case .quoted, .carriageReturn: return nil
        }
        return here
    }

    /// Counts whole records without quotes, at the beginning of which the scan is.
    ///
    /// - Returns: Their length in bytes; 0 where each byte has to be looked at.
    private mutating func plainLength(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard case .recordStart = place, offset + bytes.count < cuts.next,
            let base = bytes.baseAddress, let last = bytes.lastIndex(of: Self.lineFeed)
        else { return 0 }
        let length = last + 1
        if let quote = dialect.quote, memchr(base, Int32(quote), length) != nil { return 0 }
        guard let found = LineCount(UnsafeRawBufferPointer(rebasing: bytes[..<length])) else { return 0 }
        rows += found.lines - found.blank + found.blank * rowOfBlank
        lines += found.lines
        offset += length
        previous = Self.lineFeed
        return length
    }

    /// Goes through bytes one by one.
    private mutating func walk(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let delimiter = dialect.delimiter
        // Bytes are never equal to it where there is no quote.
        let quote = dialect.quote.map(Int.init) ?? -1
        let begin = offset
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            switch place {
            case .recordStart, .spaces, .fieldStart:
                var isFieldStart = true
                if case .spaces = place { isFieldStart = false }
                var isRecordStart = false
                if case .recordStart = place { isRecordStart = true }
                if Int(byte) == quote, isFieldStart {
                    isOneQuotedField = isRecordStart
                    place = .quoted
                } else if byte == delimiter {
                    place = .fieldStart
                } else if byte == Self.lineFeed || byte == Self.carriageReturn {
                    var isBlank = true
                    if case .fieldStart = place { isBlank = false }
                    if byte == Self.lineFeed {
                        endRecord(at: begin + position + 1, isBlank: isBlank)
                    } else {
                        place = .carriageReturn(isBlank: isBlank)
                    }
                } else if byte == Self.space || byte == Self.tab {
                    if case .fieldStart = place { place = .unquoted } else { place = .spaces }
                } else {
                    place = .unquoted
                }
                position += 1
            case .unquoted:
                var end = position
                while end < bytes.count {
                    let byte = bytes[end]
                    if byte == Self.lineFeed || byte == Self.carriageReturn || Int(byte) == quote { break }
                    end += 1
                }
                if end < bytes.count {
                    let byte = bytes[end]
                    if byte == Self.lineFeed {
                        endRecord(at: begin + end + 1, isBlank: false)
                    } else if byte == Self.carriageReturn {
                        place = .carriageReturn(isBlank: false)
                    } else if (end > 0 ? bytes[end - 1] : previous) == delimiter {
                        isOneQuotedField = false
                        place = .quoted
                    }
                    end += 1
                } else if bytes[end - 1] == delimiter {
                    place = .fieldStart
                }
                position = end
            case .quoted:
                var end = position
                while end < bytes.count, Int(bytes[end]) != quote {
                    if bytes[end] == Self.lineFeed { lines += 1 }
                    end += 1
                }
                if end < bytes.count {
                    place = .quoteInQuoted
                    end += 1
                }
                position = end
            case .quoteInQuoted:
                if Int(byte) == quote {
                    place = .quoted
                } else if byte == delimiter {
                    place = .fieldStart
                    isOneQuotedField = false
                } else if byte == Self.lineFeed || byte == Self.carriageReturn {
                    // A blank value, which is no row, or a row of the wrong width.
                    if isOneQuotedField, !dialect.hasOneColumn { return false }
                    if byte == Self.lineFeed {
                        endRecord(at: begin + position + 1, isBlank: false)
                    } else {
                        place = .carriageReturn(isBlank: false)
                    }
                } else {
                    return false
                }
                position += 1
            case .carriageReturn(let isBlank):
                guard byte == Self.lineFeed else { return false }
                endRecord(at: begin + position + 1, isBlank: isBlank)
                position += 1
            }
        }
        offset = begin + bytes.count
        previous = bytes[bytes.count - 1]
        return true
    }

    private mutating func endRecord(at end: Int, isBlank: Bool) {
        rows += isBlank ? rowOfBlank : 1
        lines += 1
        place = .recordStart
        isOneQuotedField = false
        if end >= cuts.next {
            cuts.recordEnds(at: RecordCuts.Cut(offset: end, rows: rows, lines: lines))
        }
    }
}
