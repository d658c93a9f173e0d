import BatchDomain
import Foundation
import TestSupport
import Testing

@testable import BatchWorkspace

struct `The head of data` {
    @Test(arguments: [
        ("a.csv", "alcohol,colour\n13.2,\"red, dark\"\n12.9,white\n"),
        ("a.tsv", "alcohol\tcolour\n13.2\tred, dark\n12.9\twhite"),
        ("a.csv", "alcohol;colour\r\n13.2;red, dark\r\n12.9;white\r\n"),
        ("a.jsonl", "{\"alcohol\": 13.2, \"colour\": \"red, dark\"}\n{\"alcohol\": 12.9, \"colour\": \"white\"}"),
    ])
    func `has the columns and the first rows`(name: String, text: String) async throws {
        try await withTemporaryFolder { folder in
            try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
            let head = DataHead(reading: folder)
            #expect(head.file == name)
            #expect(head.header == ["alcohol", "colour"])
            #expect(head.rows == [["13.2", "red, dark"], ["12.9", "white"]])
            #expect(head.files == 1)
            #expect(head.bytes == text.utf8.count)
        }
    }

    @Test func `is of a folder's first file, and leaves out what is no data`() async throws {
        try await withTemporaryFolder { folder in
            for name in ["b.csv", "_SUCCESS", ".hidden.csv", "a/1.csv"] {
                let file = URL(filePath: folder + "/" + name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data("x\n1\n".utf8).write(to: file)
            }
            let head = DataHead(reading: folder)
            #expect(head.file == "a/1.csv")
            #expect(head.files == 2)
        }
    }

    @Test func `does not wait for a FIFO, and says what is not shown`() async throws {
        try await withTemporaryFolder { folder in
            #expect(mkfifo(folder + "/a.csv", 0o600) == 0)
            #expect(DataHead(reading: folder).files == 0)
            #expect(DataHead(reading: folder + "/a.csv").remark != nil)
            #expect(DataHead(reading: folder + "/gone").remark != nil)
            try Data([0]).write(to: URL(filePath: folder + "/b.parquet"))
            #expect(DataHead(reading: folder).remark != nil)
        }
    }

    @Test func `does not show a row that is cut`() async throws {
        try await withTemporaryFolder { folder in
            let rows = (0..<40).map { "\($0)," + String(repeating: "x", count: 4000) }
            let text = "id,text\n" + rows.joined(separator: "\n") + "\n"
            try Data(text.utf8).write(to: URL(filePath: folder + "/a.csv"))
            let head = DataHead(reading: folder + "/a.csv")
            #expect((10..<40).contains(head.rows.count))
            #expect(head.rows.allSatisfy { $0.last?.count == 4000 })
        }
    }
}
