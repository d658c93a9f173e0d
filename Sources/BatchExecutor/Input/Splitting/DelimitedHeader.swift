/// The header of a delimited file, and with it the delimiter that the reader chooses.
struct DelimitedHeader: Equatable {
    /// The characters that structure the file.
    var dialect: DelimitedScan.Dialect
    /// Bytes from the file's start to its first row.
    var length: Int
    /// Lines from the file's start to its first row.
    var lines: Int

    private static let candidates = Array("\t;|,".utf8)
    private static let lineFeed = UInt8(ascii: "\n")

    /// Reads the header; nil where it has no end in these bytes, and where only the rows can tell the delimiter.
    ///
    /// - Parameters:
    ///   - head: The first bytes of the file, without byte order mark.
    ///   - isWhole: Whether they are all of it.
    ///   - given: The delimiter that the read options give.
    ///   - usual: The delimiter that the file's name stands for; nil where it stands for none.
    ///   - quote: The quote, if there is one.
    ///   - skipped: Lines before the header that are skipped.
    ///   - needsColumns: Whether the model needs columns by their names, by which a delimiter other than the usual one is found.
    init?(
        _ head: UnsafeRawBufferPointer,
        isWhole: Bool,
        given: UInt8?,
        usual: UInt8?,
        quote: UInt8?,
        skipped: Int,
        needsColumns: Bool
    ) {
        var start = 0
        for _ in 0..<skipped {
            guard let end = head[start...].firstIndex(of: Self.lineFeed),
                Self.endsWithoutReturns(head[start..<end])
            else { return nil }
            start = end + 1
        }
        func header(_ delimiter: UInt8) -> Record? { Record(in: head, from: start, delimiter, quote, isWhole: isWhole) }

        let delimiter: UInt8
        if let given {
            delimiter = given
        } else if let usual, let record = header(usual), record.fields > 1 {
            delimiter = usual
        } else {
            let fitting = Self.candidates.filter { $0 != usual && header($0)?.fields ?? 2 > 1 }
            switch fitting.count {
            case 0: delimiter = usual ?? UInt8(ascii: ",")
            // With one column its name may be all of the header; else the columns that are needed show what is meant.
            case 1 where needsColumns: delimiter = fitting[0]
            default: return nil
            }
        }
        guard let record = header(delimiter), record.end < head.count else { return nil }
        dialect = DelimitedScan.Dialect(delimiter: delimiter, quote: quote, hasOneColumn: record.fields == 1)
        length = record.end
        lines = head[..<record.end].reduce(0) { $0 + ($1 == Self.lineFeed ? 1 : 0) }
    }

    private static func endsWithoutReturns(_ line: Slice<UnsafeRawBufferPointer>) -> Bool {
        !line.dropLast().contains(UInt8(ascii: "\r"))
    }

    /// The first record that is not blank.
    private struct Record {
        var fields = 1
        var end = 0

        init?(
            in head: UnsafeRawBufferPointer,
            from start: Int,
            _ delimiter: UInt8,
            _ quote: UInt8?,
            isWhole: Bool
        ) {
            var position = start
            var (isQuoted, isFieldStart, isBlank) = (false, true, true)
            while position < head.count {
                let byte = head[position]
                position += 1
                if isQuoted {
                    guard byte == quote else { continue }
                    if position < head.count, head[position] == quote {
                        position += 1
                        continue
                    }
                    isQuoted = false
                    let isClosed =
                        position == head.count
                        ? isWhole : [delimiter, lineFeed, UInt8(ascii: "\r")].contains(head[position])
                    guard isClosed else { return nil }
                } else if byte == quote, isFieldStart {
                    (isQuoted, isFieldStart, isBlank) = (true, false, false)
                } else if byte == delimiter {
                    fields += 1
                    (isFieldStart, isBlank) = (true, false)
                } else if byte == lineFeed {
                    if !isBlank {
                        end = position
                        return
                    }
                    isFieldStart = true
                } else if byte == UInt8(ascii: "\r") {
                    guard position < head.count, head[position] == lineFeed else { return nil }
                } else {
                    isFieldStart = false
                    if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t") { isBlank = false }
                }
            }
            return nil
        }
    }
}
