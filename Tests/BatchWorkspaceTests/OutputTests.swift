import BatchDomain
import Foundation
import TestSupport
import Testing

@testable import BatchWorkspace

struct `Output of a job` {
    @Test func `is listed with its size`() async throws {
        try await withTemporaryFolder { folder in
            let workspace = try await SampleWorkspace.fill(WorkspaceFolder(path: folder + "/ws"))
            let files = try await workspace.output(of: SampleWorkspace.completedJob)
            #expect(files.map(\.name) == ["predictions.csv"])
            #expect(files.first.map { $0.bytes > 1000 } == true)
            let none = try await workspace.output(of: SampleWorkspace.runningJob)
            #expect(none.isEmpty)
        }
    }

    @Test func `is summed up column by column`() async throws {
        try await withTemporaryFolder { folder in
            let lines = (0..<20).map { "\($0),\($0 % 2 == 0 ? "red" : "\"white, dry\""),\($0 == 3 ? "" : "0.5")" }
            try write(lines.joined(separator: "\n") + "\n", to: folder + "/a.csv")
            let preview = try OutputPreview(reading: folder + "/a.csv", rows: 5)
            #expect(preview.rows.count == 5)
            #expect(preview.rows[1] == ["1", "white, dry", "0.5"])
            #expect(preview.rowsRead == 20)
            #expect(preview.isComplete)
            #expect(preview.columns[0].values == .numbers(minimum: 0, mean: 9.5, maximum: 19))
            let colors = [
                OutputPreview.Frequency(text: "red", count: 10),
                OutputPreview.Frequency(text: "white, dry", count: 10),
            ]
            #expect(preview.columns[1].values == .texts(commonest: colors, distinct: 2))
            #expect(preview.columns[2].missing == 1)
        }
    }

    @Test func `has the names that batchstudio gives its columns`() async throws {
        try await withTemporaryFolder { folder in
            try write("0,a,x.csv\n1,b,x.csv\n", to: folder + "/a.csv")
            let written = try OutputPreview(reading: folder + "/a.csv", header: .predictions)
            #expect(written.columns.map(\.name) == ["row", "prediction", "file"])
            try write("n,class\n1,b\n", to: folder + "/b.csv")
            let titled = try OutputPreview(reading: folder + "/b.csv", header: .firstRow)
            #expect(titled.columns.map(\.name) == ["n", "class"] && titled.rows == [["1", "b"]])
        }
    }

    @Test func `is cut where a large file's share ends`() async throws {
        try await withTemporaryFolder { folder in
            try write(String(repeating: "1,2\n", count: 600_000), to: folder + "/a.csv")
            let preview = try OutputPreview(reading: folder + "/a.csv", rows: 5, bytes: 1 << 20)
            #expect(!preview.isComplete)
            #expect(preview.rowsRead == 1 << 18)
        }
    }
}

/// The head of outputs of JSON lines.
struct JSONLinesPreviewTests {
    @Test func `Objects become rows under their names, in the order in which they stand`() throws {
        try withTemporaryFile(
            "out.jsonl",
            "{\"b\": 1, \"a\": \"x, \\\"y\\\"\", \"n\": null}\n{\"b\": [1, {\"z\": 2}], \"c\": true}"
        ) {
            let preview = try OutputPreview(reading: $0)
            #expect(preview.columns.map(\.name) == ["b", "a", "n", "c"])
            #expect(preview.rows == [["1", "x, \"y\"", ""], ["[1, {\"z\": 2}]", "", "", "true"]])
            #expect(preview.isComplete)
        }
    }

    @Test func `Parquet is refused with how to read it`() throws {
        try withTemporaryFile("out.parquet", "PAR1") { file in
            let error = #expect(throws: StudioError.self) { try OutputPreview(reading: file) }
            expectMessage(error, "output/parquet", placeholders: [file: "FILE"])
        }
    }

    private func withTemporaryFile(_ name: String, _ text: String, _ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "/" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
        try body(folder + "/" + name)
    }
}
