import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

struct RowFileTests {
    /// A file of 5,000 rows, every seventh with a line break in a cell; each ends in its number.
    private static func withRows(_ body: (String) throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let file = folder + "/predictions.csv"
            let rows = (0..<5000).map { row in
                CSVText.line([
                    String(row), row % 7 == 0 ? "two\nlines, \"\(row)\"" : "class_\(row % 3)", "file-\(row).csv",
                ])
            }
            try Data((rows.joined(separator: "") + "\n").utf8).write(to: URL(filePath: file))
            try body(file)
        }
    }

    @Test(arguments: [0, 1, 1023, 1024, 1025, 4999])
    func `A page of rows begins at any row, whatever is in quotes before it`(first: Int) async throws {
        try await Self.withRows { file in
            let page = try RowFile(file, format: .csv).rows(from: first, count: 3)
            #expect(page.rows.map { $0[0] } == (first..<min(5000, first + 3)).map(String.init))
            #expect(page.names.isEmpty)
            if first % 7 == 0 { #expect(page.rows[0][1] == "two\nlines, \"\(first)\"") }
        }
    }

    @Test func `How many rows there are is known once the end was read`() async throws {
        try await Self.withRows { file in
            let rows = RowFile(file, format: .csv)
            try #expect(rows.rows(from: 5000, count: 5).rows.isEmpty)
            #expect(rows.total == 5000)
        }
    }

    @Test func `A header names the columns and is no row`() async throws {
        try await Self.withRows { file in
            let rows = RowFile(file, format: .csvWithHeader)
            let page = try rows.rows(from: 0, count: 2)
            #expect(page.names[0] == "0" && page.rows.map { $0[0] } == ["1", "2"])
            try #expect(rows.rows(from: 4998, count: 5).rows.map { $0[0] } == ["4999"])
            try #expect(rows.find("file-0.csv", before: 10) == nil)
            try #expect(rows.find("file-1.csv", before: 10) == 0)
            _ = try rows.rows(from: 9000, count: 1)
            #expect(rows.total == 4999)
        }
    }

    @Test(arguments: [
        ("FILE-3000.csv", 0, 3000), ("class_1", 4, 10), ("file-2999.csv", 2999, nil), ("nosuch", 0, nil),
        ("lines", 7, 14),
        ("file-4999", 4000, 4999),
    ])
    func `The next row with a text is found`(text: String, row: Int, found: Int?) async throws {
        try await Self.withRows { file in
            let row = try RowFile(file, format: .csv).find(text, after: row)
            #expect(row == found)
        }
    }

    @Test(arguments: [
        ("FILE-3000.csv", 4999, 3000), ("class_1", 4, 1), ("file-3000.csv", 3000, nil), ("nosuch", 4000, nil),
        ("lines", 14, 7), ("file-0.csv", 4999, 0),
    ])
    func `The row before with a text is found`(text: String, row: Int, found: Int?) async throws {
        try await Self.withRows { file in
            let row = try RowFile(file, format: .csv).find(text, before: row)
            #expect(row == found)
        }
    }

    @Test func `A match across two pieces of the file is found`() async throws {
        try await withTemporaryFolder { folder in
            let file = folder + "/a.csv"
            let filler = String(repeating: "x", count: 1023) + "\n"
            let lines =
                String(repeating: filler, count: 1023) + String(repeating: "y", count: 1020) + "needle\n" + filler
            try Data(lines.utf8).write(to: URL(filePath: file))
            let rows = RowFile(file, format: .csv)
            try #expect(rows.find("needle", after: 0) == 1023)
            try #expect(rows.find("needle", before: 1024) == 1023)
        }
    }

    @Test func `JSON lines have the names of their members`() async throws {
        try await withTemporaryFolder { folder in
            let file = folder + "/a.jsonl"
            let lines = (0..<3000).map { "{\"row\": \($0), \"label\": \"say \\\"hi\\\"\"}\n" }.joined()
            try Data((lines + "{\"row\": 3000, \"new\": null}").utf8).write(to: URL(filePath: file))
            let page = try RowFile(file, format: .jsonLines).rows(from: 2999, count: 5)
            #expect(page.names == ["row", "label", "new"])
            #expect(page.rows == [["2999", "say \"hi\"", ""], ["3000", "", ""]])
        }
    }

    @Test func `A file that is gone is refused in clear words`() async throws {
        try await withTemporaryFolder { folder in
            let error = #expect(throws: StudioError.self) {
                try RowFile(folder + "/none.csv", format: .csv).rows(from: 0, count: 1)
            }
            #expect(error?.code == .file && error?.message.contains("none.csv") == true)
        }
    }
}
