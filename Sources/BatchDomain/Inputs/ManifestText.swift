package import FoundationEssentials

/// The text of a job's `manifest.tsv`: an input file a line, `SIZE \t MTIME_NS \t PATH`, as `docs/worker-protocol.md` describes.
///
/// A line that is anything else is refused: a file that is left out, or another one in its place, would make wrong rows.
package enum ManifestText {
    private static let tab = UInt8(ascii: "\t")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let backslash = UInt8(ascii: "\\")

    /// Appends the line of a file.
    package static func append(_ file: InputFile, to text: inout Data) {
        text.append(contentsOf: "\(file.size)\t\(file.modified)\t".utf8)
        for byte in file.path {
            if let letter = letter(of: byte) {
                text.append(backslash)
                text.append(letter)
            } else {
                text.append(byte)
            }
        }
        text.append(lineFeed)
    }

    /// Calls `body` with the bytes of each line, its line feed included.
    ///
    /// - Parameters:
    ///   - text: The manifest, without an offset of its own.
    ///   - path: Its path, for the error.
    ///   - body: Takes the bytes of a line.
    /// - Throws: ``StudioError`` that names the first line that is not one; what `body` throws.
    package static func forEachLine(in text: Data, at path: String, _ body: (Range<Int>) throws -> Void) throws {
        try text.withUnsafeBytes { bytes in
            var (start, number) = (0, 1)
            while start < bytes.count {
                guard let end = bytes[start...].firstIndex(of: lineFeed),
                    scan(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), path: { _ in })
                else { throw refusal(ofLine: number, at: path) }
                try body(start..<end + 1)
                (start, number) = (end + 1, number + 1)
            }
        }
    }

    /// The files of some whole lines that ``forEachLine(in:at:_:)`` has found.
    package static func files(in text: Data, at bytes: Range<Int>) -> [InputFile] {
        let part = text[text.startIndex + bytes.lowerBound..<text.startIndex + bytes.upperBound]
        return part.split(separator: lineFeed).compactMap { line in
            line.withUnsafeBytes { bytes in
                var file = InputFile(path: [])
                let isLine = scan(bytes) {
                    file.path.append($0)
                } numbers: {
                    (file.size, file.modified) = ($0, $1)
                }
                return isLine ? file : nil
            }
        }
    }

    /// Reads a line without its line feed; makes no copies of it, since a manifest may have a million.
    ///
    /// - Returns: Whether it is one.
    private static func scan(
        _ line: UnsafeRawBufferPointer,
        path: (UInt8) -> Void,
        numbers: (Int, Int) -> Void = { _, _ in }
    ) -> Bool {
        var position = 0
        guard let size = number(in: line, &position), let modified = number(in: line, &position), position < line.count
        else { return false }
        numbers(size, modified)
        while position < line.count {
            var byte = line[position]
            if byte == backslash {
                position += 1
                guard position < line.count, let special = special(of: line[position]) else { return false }
                byte = special
            } else if letter(of: byte) != nil {
                return false
            }
            path(byte)
            position += 1
        }
        return true
    }

    /// The number before the next tab, which is read away with it.
    private static func number(in line: UnsafeRawBufferPointer, _ position: inout Int) -> Int? {
        let isNegative = position < line.count && line[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let start = position
        var number = 0
        while position < line.count, line[position] != tab {
            let digit = Int(line[position]) - Int(UInt8(ascii: "0"))
            let (tens, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            guard (0...9).contains(digit), !isTooLarge, tens <= Int.max - digit else { return nil }
            number = tens + digit
            position += 1
        }
        guard position > start, position < line.count else { return nil }
        position += 1
        return isNegative ? -number : number
    }

    /// The letter behind the backslash that stands for a byte.
    private static func letter(of byte: UInt8) -> UInt8? {
        switch byte {
        case backslash: backslash
        case tab: UInt8(ascii: "t")
        case lineFeed: UInt8(ascii: "n")
        case UInt8(ascii: "\r"): UInt8(ascii: "r")
        default: nil
        }
    }

    /// The byte that a letter behind a backslash stands for.
    private static func special(of letter: UInt8) -> UInt8? {
        switch letter {
        case backslash: backslash
        case UInt8(ascii: "t"): tab
        case UInt8(ascii: "n"): lineFeed
        case UInt8(ascii: "r"): UInt8(ascii: "\r")
        default: nil
        }
    }

    private static func refusal(ofLine number: Int, at path: String) -> StudioError {
        StudioError(
            .file,
            "Line \(number) of \(path) is not the size, time and path of a file: the job's list of input files is damaged.",
            advice: "Score the input with a new job: batchstudio batch-endpoint invoke"
        )
    }
}
