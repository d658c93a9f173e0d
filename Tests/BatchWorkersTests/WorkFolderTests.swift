import BatchWorkers
import Foundation
import TestSupport
import Testing

struct WorkFolderTests {
    private static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private static func isLink(_ path: String) throws -> Bool {
        try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType == .typeSymbolicLink
    }

    @Test func `Files of the code are copied under their names, compiled ones are not`() async throws {
        try await withTemporaryFolder { folder in
            let code = folder + "/code"
            for name in ["score.py", "labels.txt", "lib/a/b.txt", "__pycache__/score.pyc"] {
                try write(name, to: code + "/" + name)
            }
            let work = folder + "/work"
            try await WorkFolder.make(at: work, from: code)
            #expect(
                try FileManager.default.subpathsOfDirectory(atPath: work).sorted()
                    == ["labels.txt", "lib", "lib/a", "lib/a/b.txt", "score.py"]
            )
            try write("changed", to: work + "/labels.txt")
            #expect(try Self.text(code + "/labels.txt") == "labels.txt")
            let mode = try FileManager.default.attributesOfItem(atPath: work)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o700)
        }
    }

    @Test func `What is there already stays, what is missing comes back`() async throws {
        try await withTemporaryFolder { folder in
            for name in ["a.txt", "b.txt"] { try write("code", to: folder + "/code/" + name) }
            try await WorkFolder.make(at: folder + "/work", from: folder + "/code")
            try write("the script's", to: folder + "/work/a.txt")
            try FileManager.default.removeItem(atPath: folder + "/work/b.txt")
            try await WorkFolder.make(at: folder + "/work", from: folder + "/code")
            #expect(try Self.text(folder + "/work/a.txt") == "the script's")
            #expect(try Self.text(folder + "/work/b.txt") == "code")
        }
    }

    @Test func `Beyond the limit the largest files are links that are read-only`() async throws {
        try await withTemporaryFolder { folder in
            let code = folder + "/code"
            for (name, bytes) in [("a", 1), ("b", 5), ("c", 3)] {
                try write(String(repeating: "x", count: bytes), to: code + "/" + name)
            }
            try await WorkFolder.make(at: folder + "/work", from: code, copying: 4)
            #expect(try ["a", "b", "c"].map { try Self.isLink(folder + "/work/" + $0) } == [false, true, false])
            #expect(try Self.text(folder + "/work/b") == "xxxxx")
            let mode = try FileManager.default.attributesOfItem(atPath: code + "/b")[.posixPermissions] as? NSNumber
            #expect((mode?.intValue ?? 0o777) & 0o222 == 0)
        }
    }

    @Test func `After the workspace has moved, links lead to the code at its new place`() async throws {
        try await withTemporaryFolder { folder in
            try write("weights", to: folder + "/old/code/a1/lib/b")
            try FileManager.default.createDirectory(atPath: folder + "/work", withIntermediateDirectories: false)
            let own = folder + "/work/own"
            try FileManager.default.createSymbolicLink(atPath: own, withDestinationPath: "elsewhere")
            try write("of the script, at first", to: folder + "/old/code/a1/own")
            try await WorkFolder.make(at: folder + "/work", from: folder + "/old/code/a1", copying: 0)
            try FileManager.default.moveItem(atPath: folder + "/old", toPath: folder + "/new")
            try await WorkFolder.make(at: folder + "/work", from: folder + "/new/code/a1", copying: 0)
            #expect(try Self.text(folder + "/work/lib/b") == "weights")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: own) == "elsewhere")
        }
    }

    @Test func `The folder is not made where the one around it is missing`() async throws {
        try await withTemporaryFolder { folder in
            await #expect(throws: (any Error).self) { try await WorkFolder.make(at: folder + "/moved/work", from: nil) }
            #expect(!FileManager.default.fileExists(atPath: folder + "/moved"))
        }
    }

    @Test func `Without code the folder is empty`() async throws {
        try await withTemporaryFolder { folder in
            try await WorkFolder.make(at: folder + "/work", from: nil)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/work").isEmpty)
        }
    }
}
