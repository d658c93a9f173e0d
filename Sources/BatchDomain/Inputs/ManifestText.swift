package import FoundationEssentials

/// The text of a job's `manifest.tsv`: an input file, or a part of one, a line, `SIZE \t MTIME_NS \t PATH`, as
/// `docs/worker-protocol.md` describes.
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
        if let part = file.part {
            text.append(contentsOf: part.numbers.map { "\t\($0)" }.joined().utf8)
        }
        text.append(lineFeed)
    }

    /// A line of the text.
    package struct Line: Sendable {
        /// Its bytes, its line feed included.
        package var bytes: Range<Int>
        /// The part of a file that it is; nil for a whole one.
        package var part: FilePart?
    }

    /// Calls `body` with each line; the parts of a file are all there, one after the other.
    ///
    /// - Parameters:
    ///   - text: The manifest, without an offset of its own.
    ///   - path: Its path, for the error.
    ///   - body: Takes a line.
    /// - Throws: ``StudioError`` that names the first line that is not one; what `body` throws.
    package static func forEachLine(in text: Data, at path: String, _ body: (Line) throws -> Void) throws {
        try text.withUnsafeBytes { bytes in
            var (start, number) = (0, 1)
            var last: FilePart?
            while start < bytes.count {
                var part: FilePart?
                guard let end = bytes[start...].firstIndex(of: lineFeed),
                    scan(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), path: { _ in }, part: { part = $0 }),
                    follows(part, last)
                else { throw refusal(ofLine: number, at: path) }
                try body(Line(bytes: start..<end + 1, part: part))
                (start, number, last) = (end + 1, number + 1, part)
            }
            if !follows(nil, last) { throw refusal(ofLine: number, at: path) }
        }
    }

    /// Returns whether a line may stand after another: the parts of a file are not torn apart.
    private static func follows(_ part: FilePart?, _ last: FilePart?) -> Bool {
        if let last, last.index + 1 < last.count {
            return part?.index == last.index + 1 && part?.count == last.count
        }
        return part?.index ?? 0 == 0
    }

    /// How the files are cut into mini-batches.
    ///
    /// - Parameters:
    ///   - text: The manifest, without an offset of its own.
    ///   - path: Its path, for the error.
    ///   - miniBatchSize: Most files of a mini-batch, 1 or more.
    /// - Returns: The plan, and where the lines of each mini-batch begin: one more than there are, the last at the end.
    /// - Throws: ``StudioError`` that names the first line that is not one.
    package static func plan(
        of text: Data,
        at path: String,
        miniBatchSize: Int
    ) throws -> (plan: MiniBatchPlan, starts: [Int]) {
        var starts: [Int] = []
        var (files, end) = (0, 0)
        var splitFiles: [MiniBatchPlan.SplitFile] = []
        // Whole files since the last one that is split.
        var run = 0
        try forEachLine(in: text, at: path) { line in
            if let part = line.part {
                starts.append(line.bytes.lowerBound)
                run = 0
                if part.index == 0 { splitFiles.append(MiniBatchPlan.SplitFile(file: files, parts: part.count)) }
            } else {
                if run.isMultiple(of: miniBatchSize) { starts.append(line.bytes.lowerBound) }
                run += 1
            }
            if line.part?.index ?? 0 == 0 { files += 1 }
            end = line.bytes.upperBound
        }
        starts.append(end)
        return (MiniBatchPlan(files: files, size: miniBatchSize, splitFiles: splitFiles), starts)
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
                } part: {
                    file.part = $0
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
        numbers: (Int, Int) -> Void = { _, _ in },
        part: (FilePart) -> Void
    ) -> Bool {
        var position = 0
        guard let size = number(in: line, &position), let modified = number(in: line, &position), position < line.count
        else { return false }
        numbers(size, modified)
        let start = position
        while position < line.count {
            var byte = line[position]
            if byte == tab, position > start {
                guard let found = Self.part(in: line, after: position) else { return false }
                part(found)
                return true
            }
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

    /// The part that a line's last numbers describe, those after the tab at a position.
    private static func part(in line: UnsafeRawBufferPointer, after tab: Int) -> FilePart? {
        var numbers: [Int] = []
        var position = tab + 1
        while position <= line.count {
            guard let number = number(in: line, &position, mayEndLine: true), number >= 0 else { return nil }
            numbers.append(number)
        }
        return FilePart(numbers: numbers)
    }

    /// The number before the next tab, which is read away with it; the last of a line has none.
    private static func number(
        in line: UnsafeRawBufferPointer,
        _ position: inout Int,
        mayEndLine: Bool = false
    ) -> Int? {
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
        guard position > start, position < line.count || mayEndLine else { return nil }
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
            advice: "Score the input with a new job: batchstudio batch-endpoint invoke",
            inStudio: "Clone the job to score its input again."
        )
    }
}
