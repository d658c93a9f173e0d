import BatchDomain
import FoundationEssentials
import TestSupport
import Testing

struct ManifestTextTests {
    private static let names = ["a\nb", "back\\slash", "plain.csv", "r\rr", "tab\tt", "trap\\t\\n\\\\n", "ünï"]

    private func lines(_ text: Data) throws -> [Range<Int>] {
        var lines: [Range<Int>] = []
        try ManifestText.forEachLine(in: text, at: "/job/manifest.tsv") { lines.append($0.bytes) }
        return lines
    }

    @Test func `Files are read as they were written`() throws {
        let files =
            Self.names.enumerated().map { InputFile(path: Array($1.utf8), size: $0, modified: -$0) }
            + [InputFile(path: [0xFF, 0x80])]
        var text = Data()
        for file in files { ManifestText.append(file, to: &text) }
        let lines = try lines(text)
        #expect(lines.count == files.count)
        #expect(lines.flatMap { ManifestText.files(in: text, at: $0) } == files)
        #expect(ManifestText.files(in: text, at: 0..<text.count) == files)
    }

    /// The lines of a file's parts, and of a file that has changed since it was split.
    private static let parts: [InputFile] = {
        let records = [
            FilePart.Records(bytes: 10..<90, firstRow: 0, rows: 8, header: 10, firstLine: 1),
            FilePart.Records(bytes: 90..<120, firstRow: 8, rows: 3, header: 10, firstLine: 12),
        ]
        let split = records.enumerated().map { index, records in
            InputFile(
                path: Array("b\tb".utf8),
                size: 120,
                modified: 5,
                part: FilePart(index: index, count: 2, records: records)
            )
        }
        let changed = (0..<3).map {
            InputFile(path: [0x63], size: 9, modified: 6, part: FilePart(index: $0, count: 3, records: nil))
        }
        return [InputFile(path: [0x61])] + split + changed + [InputFile(path: [0x64]), InputFile(path: [0x65])]
    }()

    @Test func `Parts of files are read as they were written, and each is a mini-batch`() throws {
        var text = Data()
        for file in Self.parts { ManifestText.append(file, to: &text) }
        #expect(ManifestText.files(in: text, at: 0..<text.count) == Self.parts)
        let (plan, starts) = try ManifestText.plan(of: text, at: "/job/manifest.tsv", miniBatchSize: 10)
        #expect(plan.files == 5)
        let batches = zip(starts, starts.dropFirst()).map { ManifestText.files(in: text, at: $0..<$1) }
        #expect(batches == [[Self.parts[0]]] + Self.parts[1...5].map { [$0] } + [Array(Self.parts[6...])])
        #expect((0..<plan.count).map { plan.range(of: $0) } == [0..<1, 1..<2, 1..<2, 2..<3, 2..<3, 2..<3, 3..<5])
        #expect((0..<plan.count).map { plan.parts(of: $0) } == [nil, 1..<3, 1..<3, 3..<6, 3..<6, 3..<6, nil])
    }

    @Test(arguments: [
        "1\t1\ta\t0", "1\t1\ta\t2\t2", "1\t1\ta\t0\t2\t9", "1\t1\ta\t0\t2\t9\t3\t0\t1\t0\t0", "1\t1\ta\t0\t2\t",
        "1\t1\ta\t-1\t2", "1\t1\ta\t0\tx", "1\t1\ta\t0\t2\t1\t3\t0\t1\t0\t0\t4", "1\t1\ta\t1\t2", "1\t1\t\t0\t1",
    ])
    func `A part that is none, or whose file lacks its first, is refused`(line: String) {
        let error = #expect(throws: StudioError.self) { try lines(Data("1\t1\tb\n\(line)\n".utf8)) }
        #expect(error?.message.hasPrefix("Line 2 of /job/manifest.tsv") == true)
    }

    @Test func `Parts that are torn apart are refused`() {
        #expect(throws: StudioError.self) { try lines(Data("1\t1\tb\t0\t2\n".utf8)) }
        #expect(throws: StudioError.self) { try lines(Data("1\t1\tb\t0\t2\n1\t1\tc\n1\t1\tb\t1\t2\n".utf8)) }
        #expect(throws: StudioError.self) { try lines(Data("1\t1\tb\t0\t2\n1\t1\tb\t1\t3\n1\t1\tb\t2\t3\n".utf8)) }
        #expect(throws: StudioError.self) { try lines(Data("1\t1\tb\t0\t1\n1\t1\tb\t1\t2\n".utf8)) }
    }

    @Test func `An empty text has no lines`() throws {
        #expect(try lines(Data()).isEmpty)
    }

    @Test(arguments: [
        "1\ta", "1\t1\t", "x\t1\ta", "1\t1.5\ta", "\t1\ta", "-\t1\ta", "1\t1\ta\tb", "1\t1\ta\\x", "1\t1\ta\\", "",
        "1\t1\ta\r",
        "9223372036854775808\t1\ta",
    ])
    func `A line that is not one is refused with its number`(line: String) {
        let error = #expect(throws: StudioError.self) { try lines(Data("1\t1\tb\n\(line)\n2\t2\tc\n".utf8)) }
        #expect(error?.code == .file)
        expectMessage(error, "input/manifest-line")
    }

    @Test func `A text that is cut is refused`() {
        #expect(throws: StudioError.self) { try lines(Data("1\t1\ta\n1\t1\tb".utf8)) }
    }
}
