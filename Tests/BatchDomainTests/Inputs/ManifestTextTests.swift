import BatchDomain
import FoundationEssentials
import TestSupport
import Testing

struct ManifestTextTests {
    private static let names = ["a\nb", "back\\slash", "plain.csv", "r\rr", "tab\tt", "trap\\t\\n\\\\n", "ünï"]

    private func lines(_ text: Data) throws -> [Range<Int>] {
        var lines: [Range<Int>] = []
        try ManifestText.forEachLine(in: text, at: "/job/manifest.tsv") { lines.append($0) }
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
