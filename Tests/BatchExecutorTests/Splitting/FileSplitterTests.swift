import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// Which files are split, and where.
struct FileSplitterTests {
    /// The records that parts hold, `header` included, of a file with this content; nil when it is not split.
    private static func parts(
        _ name: String,
        _ text: String,
        _ options: [(ReadOption, ReadOptionValue)] = [],
        needsColumns: Bool = true,
        size: Int = 4096,
        workers: Int = 1
    ) async throws -> [FilePart]? {
        try await parts(name, Data(text.utf8), options, needsColumns: needsColumns, size: size, workers: workers)
    }

    private static func parts(
        _ name: String,
        _ content: Data,
        _ options: [(ReadOption, ReadOptionValue)] = [],
        needsColumns: Bool = true,
        size: Int = 4096,
        workers: Int = 1
    ) async throws -> [FilePart]? {
        var read = ReadOptions()
        for (option, value) in options { try read.set(option, to: value) }
        let splitter = splitter(read, needsColumns: needsColumns, size: size, workers: workers)
        return try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: folder + "/input", withIntermediateDirectories: true)
            try content.write(to: URL(fileURLWithPath: folder + "/input/" + name))
            let listing = try InputListing(of: folder + "/input", into: .everywhere)
            let parts = try await splitter.parts(of: listing.files[0], below: listing.root)
            if let parts { try check(parts, of: content) }
            return parts
        }
    }

    private static func splitter(
        _ options: ReadOptions = ReadOptions(),
        needsColumns: Bool = true,
        size: Int = 4096,
        workers: Int
    ) -> FileSplitter {
        FileSplitter(
            size: size,
            workers: workers,
            options: options,
            needsColumns: needsColumns,
            splitsParquet: true,
            blockRows: nil
        )
    }

    /// The parts are next to each other, from the header to the end.
    private static func check(_ parts: [FilePart], of content: Data) throws {
        let records = try parts.map { try #require($0.records) }
        #expect(parts.map(\.index) == Array(0..<parts.count) && parts.allSatisfy { $0.count == parts.count })
        #expect(records.first?.bytes.lowerBound == records.first?.header && records.first?.firstRow == 0)
        for (one, next) in zip(records, records.dropFirst()) {
            #expect(one.bytes.upperBound == next.bytes.lowerBound && one.firstRow + one.rows == next.firstRow)
            #expect(one.header == next.header && one.rows > 0 && next.firstRow % 64 == 0)
            let lines = content[..<next.bytes.lowerBound].count { $0 == UInt8(ascii: "\n") }
            #expect(next.firstLine == lines)
        }
        #expect(records.last?.bytes.upperBound == content.count)
    }

    private static let rows = (0..<2000).map { "\($0),x\n" }.joined()

    private static func rows(of parts: [FilePart]?) -> Int? { parts?.reduce(0) { $0 + ($1.records?.rows ?? 0) } }

    @Test func `A file is split when it is larger than the size, into a multiple of the workers' parts`() async throws {
        let text = "a,b\n" + Self.rows
        #expect(try await Self.parts("a.csv", text, size: text.utf8.count) == nil)
        let parts = try #require(try await Self.parts("a.csv", text, size: text.utf8.count - 1))
        #expect(parts.count == 2 && Self.rows(of: parts) == 2000)
        #expect(try await Self.parts("a.csv", text, size: 4096)?.count == 4)
        #expect(try await Self.parts("a.csv", text, size: 8192, workers: 3)?.count ?? 0 <= 6)
        #expect(parts.first?.records?.header == 4 && parts.first?.records?.firstLine == 1)
    }

    @Test func `Lines in quotes are not torn apart`() async throws {
        let text = "a,b\r\n" + (0..<2000).map { "\($0),\"x\n\($0)\"\"\r\n\"\r\n" }.joined()
        let parts = try await Self.parts("a.csv", text)
        #expect(Self.rows(of: parts) == 2000 && parts?.count ?? 0 > 4)
    }

    @Test func `The header may follow a byte order mark, lines that are skipped, and empty ones`() async throws {
        let parts = try await Self.parts(
            "a.csv",
            "\u{FEFF}title;\n\n\"a\nb\",b\n" + Self.rows,
            [(.skipRows, .text("1"))]
        )
        #expect(parts?.first?.records?.header == 3 + 7 + 1 + 8 && parts?.first?.records?.firstLine == 4)
        #expect(Self.rows(of: parts) == 2000)
    }

    @Test func `JSON lines have no header, and lines without an object are no rows`() async throws {
        let lines = (0..<2000).map { "{\"a\": \($0)}\n" + ($0 % 7 == 0 ? " \n" : "") }.joined()
        for mark in ["", "\u{FEFF}"] {
            let parts = try await Self.parts("a.jsonl", mark + lines)
            #expect(Self.rows(of: parts) == 2000 && parts?.count ?? 0 > 4)
            #expect(parts?.first?.records?.bytes.lowerBound == 0)
        }
        #expect(Self.rows(of: try await Self.parts("a.log", lines, [(.format, .text("json_lines"))])) == 2000)
        #expect(try await Self.parts("a.jsonl", lines, [(.invalidLines, .text("drop"))]) == nil)
        #expect(try await Self.parts("a.json", lines) == nil)
    }

    @Test func `The delimiter is the one that the reader takes`() async throws {
        let rows = (0..<2000).map { "\($0);\"x;\n\"\n" }.joined()
        #expect(Self.rows(of: try await Self.parts("a.csv", "a;b\n" + rows)) == 2000)
        #expect(Self.rows(of: try await Self.parts("a.txt", "a;b\n" + rows)) == 2000)
        #expect(
            Self.rows(
                of: try await Self.parts(
                    "a.dat",
                    "a;b\n" + rows,
                    [
                        (.format, .text("delimited")), (.delimiter, .text(";")),
                    ]
                )
            ) == 2000
        )
        // Only the rows tell it.
        #expect(try await Self.parts("a.csv", "a;b\n" + rows, needsColumns: false) == nil)
        #expect(try await Self.parts("a.csv", "a;b|c\n" + rows) == nil)
        let column = "a\n" + String(repeating: "1\n\n", count: 2000)
        #expect(Self.rows(of: try await Self.parts("a.csv", column)) == 4000)
    }

    @Test(arguments: [
        ("a.csv", "a,b\n" + rows + "1,\"x\n", []), ("a.csv", rows.replacingOccurrences(of: "\n", with: "\r"), []),
        ("a.csv.gz", "a,b\n" + rows, []), ("a.dat", "a,b\n" + rows, []), ("a.xlsx", "a,b\n" + rows, []),
        ("a.csv", "a,b\n" + rows, [(ReadOption.header, ReadOptionValue.text("false"))]),
        ("a.csv", "a,b\n" + rows, [(.comment, .text("#"))]), ("a.csv", "a,b\n" + rows, [(.escape, .text("\\"))]),
        ("a.csv", "a,b\n" + rows, [(.encoding, .text("utf-16-le"))]),
        ("a.csv", "a,b\n" + rows, [(.encoding, .text("shift_jis"))]),
        ("a.csv", "a,b\n" + rows, [(.delimiter, .text("§"))]), ("a.csv", "a,b\n" + rows, [(.format, .text("avro"))]),
        ("a.csv", "\"a,b\n" + rows, []), ("a.parquet", "PAR1" + rows + "PAR1", []),
    ])
    func `What can't be split with certainty is scored whole`(
        name: String,
        text: String,
        options: [(ReadOption, ReadOptionValue)]
    ) async throws {
        #expect(try await Self.parts(name, text, options) == nil)
    }

    @Test(
        arguments: [[0x1F, 0x8B], Array("BZh9".utf8), [0xFF, 0xFE], [0xFE, 0xFF], [0x28, 0xB5, 0x2F, 0xFD]] as [[UInt8]]
    )
    func `Compressed text and other encodings are known by their first bytes`(start: [UInt8]) async throws {
        #expect(try await Self.parts("a.csv", Data(start) + Data(("a,b\n" + Self.rows).utf8)) == nil)
        #expect(try await Self.parts("a.jsonl", Data(start) + Data(Self.rows.utf8)) == nil)
    }

    @Test func `A file that has changed since it was listed is left as it is`() async throws {
        try await withTemporaryFolder { folder in
            try write("a,b\n" + Self.rows, to: folder + "/input/a.csv")
            var file = try InputListing(of: folder + "/input", into: .everywhere).files[0]
            file.modified -= 1
            let splitter = Self.splitter(workers: 2)
            #expect(try await splitter.parts(of: file, below: folder + "/input") == nil)
        }
    }

    @Test func `Parquet is split at row groups, as pyarrow finds them`() async throws {
        let python = try Repository.python()
        let code = """
            import sys
            import pyarrow, pyarrow.parquet
            table = pyarrow.table({"a": list(range(10000)), "b": ["x" * (n % 50) for n in range(10000)]})
            pyarrow.parquet.write_table(table, sys.argv[1], row_group_size=int(sys.argv[3]), compression=sys.argv[2])
            file = pyarrow.parquet.ParquetFile(sys.argv[1])
            print([file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)])
            """
        for compression in ["none", "snappy"] {
            try await withTemporaryFolder { folder in
                let path = folder + "/a.parquet"
                let printed = try runProgram(python, ["-c", code, path, compression, "704"])
                let rows = try JSONDecoder().decode([Int].self, from: printed)
                let content = try Data(contentsOf: URL(fileURLWithPath: path))
                let descriptor = open(path, O_RDONLY)
                defer { close(descriptor) }
                let groups = try #require(ParquetRowGroups(of: descriptor, size: content.count))
                #expect(groups.groups.map(\.rows) == rows && rows.count == 15)
                let parts = try #require(groups.parts(ofSize: content.count / 4, step: 64))
                #expect(parts.map { $0.records?.rows ?? 0 }.reduce(0, +) == 10_000 && (3...5).contains(parts.count))
                #expect(parts.last?.records?.bytes.upperBound == 15)
                #expect(groups.parts(ofSize: content.count * 2, step: 64) == nil)
                // No row group begins at a multiple of these rows.
                #expect(groups.parts(ofSize: content.count / 4, step: 4096) == nil)
            }
        }
    }

    @Test(arguments: [0, 1]) func `Groups without rows make no part, and a file of nothing else is left whole`(
        count: Int
    )
        async throws
    {
        let python = try Repository.python()
        let code = """
            import sys
            import pyarrow, pyarrow.parquet
            columns = {"column%d" % n: pyarrow.array([0.5] * 640 * int(sys.argv[2])) for n in range(400)}
            table = pyarrow.table(columns)
            with pyarrow.parquet.ParquetWriter(sys.argv[1], table.schema) as writer:
                for _ in range(2 * int(sys.argv[2])):
                    writer.write_table(table)
                if int(sys.argv[2]):
                    writer.write_table(table.slice(0, 0))
            """
        try await withTemporaryFolder { folder in
            let path = folder + "/input/a.parquet"
            try write("", to: path)
            _ = try runProgram(python, ["-c", code, path, String(count)])
            let file = try InputListing(of: folder + "/input", into: .everywhere).files[0]
            let splitter = Self.splitter(workers: 2)
            let parts = try await splitter.parts(of: file, below: folder + "/input")
            #expect(parts?.map { $0.records?.rows ?? 0 } == (count == 0 ? nil : [640, 640]))
        }
    }

    @Test func `A footer that is anything else is no footer`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20_000 {
            let length = Int.random(in: 0...60, using: &generator)
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            if let groups = ParquetRowGroups(footer: bytes) { #expect(groups.groups.allSatisfy { $0.rows >= 0 }) }
        }
    }
}
