import BatchDomain
import BatchWorkers
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// Where records end, by the rule of the reader in the worker.
struct DelimitedScanTests {
    private static let comma = DelimitedScan.Dialect(delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""))
    private static let column = DelimitedScan.Dialect(
        delimiter: UInt8(ascii: ","),
        quote: UInt8(ascii: "\""),
        hasOneColumn: true
    )

    /// The cuts and the end of a text that is given in pieces of `piece` bytes; a part has one byte, so that each record is one.
    private static func scan(
        _ text: String,
        _ dialect: DelimitedScan.Dialect = comma,
        piece: Int = 3,
        partSize: Int = 1,
        steps: [Int] = [1]
    ) -> (cuts: [RecordCuts.Cut], end: RecordCuts.Cut)? {
        let first = RecordCuts.Cut(offset: 0, rows: 0, lines: 0)
        var scan = DelimitedScan(dialect, cuts: RecordCuts(at: first, partSize: partSize, steps: steps))
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            let isContinued = bytes[start..<min(bytes.count, start + piece)].withUnsafeBytes { scan.scan($0) }
            guard isContinued else { return nil }
        }
        return scan.end().map { (scan.cuts.cuts, $0) }
    }

    /// The records of a text.
    private static func records(_ text: String, _ dialect: DelimitedScan.Dialect = comma, piece: Int = 3) -> [String]? {
        guard let (cuts, end) = scan(text, dialect, piece: piece) else { return nil }
        let bytes = Array(text.utf8)
        let bounds = cuts.map(\.offset) + [end.offset]
        return zip(bounds, bounds.dropFirst()).map { String(decoding: bytes[$0..<$1], as: UTF8.self) }.filter {
            !$0.isEmpty
        }
    }

    @Test(arguments: [1, 2, 3, 1000])
    func `A record ends with its line, or within the text's last one`(piece: Int) {
        #expect(Self.records("1,2\n3,4\n5,6", piece: piece) == ["1,2\n", "3,4\n", "5,6"])
        #expect(Self.records("1,2\r\n3,4\r\n", piece: piece) == ["1,2\r\n", "3,4\r\n"])
        #expect(Self.records("", piece: piece) == [])
    }

    @Test(arguments: [1, 2, 3, 1000])
    func `A line end in quotes ends no record`(piece: Int) {
        #expect(Self.records("1,\"a\nb\"\n2,\"\r\n\n\"\n", piece: piece) == ["1,\"a\nb\"\n", "2,\"\r\n\n\"\n"])
        #expect(Self.records("\"a\"\"\n\"\"b\",1\n2,3\n", piece: piece) == ["\"a\"\"\n\"\"b\",1\n", "2,3\n"])
        #expect(Self.records("1,\"\"\n2,\"\"\"\"\n", piece: piece) == ["1,\"\"\n", "2,\"\"\"\"\n"])
        #expect(Self.records("\",\n\",2\n3,4\n", piece: piece) == ["\",\n\",2\n", "3,4\n"])
    }

    @Test(arguments: [1, 2, 3, 1000])
    func `A quote within an unquoted field is text`(piece: Int) {
        #expect(Self.records("1,5\" pipe\n2,\"x\n\"\n", piece: piece) == ["1,5\" pipe\n", "2,\"x\n\"\n"])
        #expect(Self.records("1, \"x\n2, \"y\n", piece: piece) == ["1, \"x\n", "2, \"y\n"])
    }

    @Test(arguments: ["1,\"a\n2,3\n", "1,\"a\"b\n", "1,2\r3,4\r", "1,2\r3,4\n", "1,\"a\" \n", "1,2\n\"\"\n3,4\n"])
    func `What the reader refuses, and other line ends, end the scan`(text: String) {
        for piece in [1, 2, 1000] { #expect(Self.scan(text, piece: piece) == nil) }
    }

    @Test func `Lines without text are no rows, but of a file of one column`() {
        for piece in [1, 2, 1000] {
            #expect(Self.scan("1,2\n\n \t\n\r\n3,4\n\n", piece: piece)?.end == .init(offset: 15, rows: 2, lines: 6))
            #expect(
                Self.scan("1\n\n \n\r\n\"\"\n2", Self.column, piece: piece)?.end == .init(offset: 11, rows: 6, lines: 5)
            )
        }
        let tab = DelimitedScan.Dialect(delimiter: UInt8(ascii: "\t"), quote: nil)
        #expect(Self.scan("1\t2\n\t\n\n3\t4\n", tab)?.end.rows == 3)
    }

    @Test func `Without a quote all quotes are text`() {
        let none = DelimitedScan.Dialect(delimiter: UInt8(ascii: ","))
        #expect(Self.records("\"1,2\n3,\"4\n", none) == ["\"1,2\n", "3,\"4\n"])
    }

    @Test func `A part has so many bytes at least, and whole steps of rows`() throws {
        let text = String(repeating: "1,2\n", count: 1000)
        let cuts = try #require(Self.scan(text, piece: 1000, partSize: 400)).cuts
        #expect(cuts.map(\.offset) == Array(stride(from: 0, through: 4000, by: 400)))
        let stepped = try #require(Self.scan(text, piece: 1000, partSize: 400, steps: [4096, 30])).cuts
        #expect(stepped.map(\.rows) == Array(stride(from: 0, through: 960, by: 120)))
        let end = RecordCuts.Cut(offset: 4000, rows: 1000, lines: 1000)
        var parts = RecordCuts(at: .init(offset: 0, rows: 0, lines: 0), partSize: 2000, steps: [1])
        parts.recordEnds(at: .init(offset: 2000, rows: 500, lines: 500))
        parts.recordEnds(at: end)
        #expect(parts.parts(to: end, header: 0)?.map { $0.records?.rows } == [500, 500])
        #expect(RecordCuts(at: .init(offset: 0, rows: 0, lines: 0), partSize: 9).parts(to: end, header: 0) == nil)
    }

    /// Texts of any of these pieces; the reader of the worker has the last word on their records.
    @Test func `The records of random texts are those of the reader`() async throws {
        let code = """
            import io, json, sys
            sys.path.insert(0, sys.argv[1])
            import batchstudio_runtime
            from batchstudio_runtime.inputs.dialect import Dialect
            from batchstudio_runtime.inputs.records import BadRows, Records
            def rows(data, width):
                records = Records(io.BytesIO(data), Dialect(",", '"', None, None, 0))
                records.width = width
                _, found = records.batch(10 ** 6)
                if records.first_bad is not None and "quote" in records.first_bad[0]:
                    raise BadRows()
                return found
            split = 0
            for line in open(sys.argv[2], encoding="utf-8"):
                case = json.loads(line)
                data, width = case["text"].encode("utf-8"), case["width"]
                if case["cuts"] is None:
                    continue
                split += len(case["cuts"]) > 1
                cuts = case["cuts"] + [case["end"]]
                assert cuts[-1]["offset"] == len(data), case
                for start, end in zip(cuts, cuts[1:]):
                    part = data[start["offset"]:end["offset"]]
                    records = Records(io.BytesIO(part), Dialect(",", '"', None, None, 0))
                    found = 0
                    while True:
                        fields = records._next()
                        if fields is None:
                            break
                        is_blank = not fields or len(fields) == 1 and not fields[0].strip(" \\t")
                        found += width == 1 or not is_blank
                    assert records.first_bad is None, case
                    assert found == end["rows"] - start["rows"], (found, start, end, case)
                    assert part.count(b"\\n") == end["lines"] - start["lines"], case
                whole = Records(io.BytesIO(data), Dialect(",", '"', None, None, 0))
                total = 0
                while True:
                    fields = whole._next()
                    if fields is None:
                        break
                    is_blank = not fields or len(fields) == 1 and not fields[0].strip(" \\t")
                    total += width == 1 or not is_blank
                assert total == case["end"]["rows"], (total, case)
            print(split)
            """
        var generator = SeededGenerator(seed: 42)
        let tokens = [
            "\"", "\"\"", ",", "\n", "\r\n", "\r", "a", " ", "\t", "1", "\"x\ny\"", "\",\"", "\"\n", ",\"", "é",
        ]
        var lines = ""
        for _ in 0..<6000 {
            let length = Int.random(in: 1...30, using: &generator)
            let common = Array(repeating: "1,2\n", count: 3) + ["3,\"a,\nb\"\r\n"]
            let text = (0..<length).map { _ in
                let choice = Bool.random(using: &generator) ? tokens : common
                return choice[Int.random(in: 0..<choice.count, using: &generator)]
            }.joined()
            let width = Int.random(in: 1...2, using: &generator)
            let dialect = width == 1 ? Self.column : Self.comma
            let found = Self.scan(
                text,
                dialect,
                piece: Int.random(in: 1...40, using: &generator),
                partSize: Int.random(in: 1...20, using: &generator)
            )
            var entry: [String: Any] = ["text": text, "width": width, "cuts": NSNull()]
            if let (cuts, end) = found {
                entry["cuts"] = cuts.map(Self.entry)
                entry["end"] = Self.entry(end)
            }
            lines += String(decoding: try JSONSerialization.data(withJSONObject: entry), as: UTF8.self) + "\n"
        }
        try await withTemporaryFolder { folder in
            try write(lines, to: folder + "/cases.jsonl")
            let runtime = try RuntimeFiles.install(in: folder + "/cache")
            let printed = try runProgram(try Repository.python(), ["-c", code, runtime, folder + "/cases.jsonl"])
            let split =
                Int(String(decoding: printed, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
            #expect(split > 400)
        }
    }

    private static func entry(_ cut: RecordCuts.Cut) -> [String: Int] {
        ["offset": cut.offset, "rows": cut.rows, "lines": cut.lines]
    }
}
