import BatchDomain
import Foundation
import Glibc
import TestSupport
import Testing

@testable import BatchExecutor

struct InputListingTests {
    /// Makes an empty file whose name is any bytes.
    private static func touch(_ name: [UInt8], in folder: String) {
        let path = Array(folder.utf8) + [UInt8(ascii: "/")] + name + [0]
        path.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { path in
                guard let start = path.baseAddress else { return }
                _ = close(open(start, O_WRONLY | O_CREAT, 0o600))
            }
        }
    }

    private static func names(_ listing: InputListing) -> [String] {
        listing.files.map { String(decoding: $0.path, as: UTF8.self) }
    }

    @Test func `Files are in order of their names' bytes`() async throws {
        try await withTemporaryFolder { folder in
            for name in ["b", "B", "a10", "a2", "é", "z", "~", "a b"] { Self.touch(Array(name.utf8), in: folder) }
            let listing = try InputListing(of: folder, isRecursive: true)
            #expect(Self.names(listing) == ["B", "a b", "a10", "a2", "b", "z", "~", "é"])
        }
    }

    @Test func `Nested files are ordered by their whole path`() async throws {
        try await withTemporaryFolder { folder in
            for name in ["a/x", "a.txt", "a/b/c", "A", "b/1"] { try write("", to: folder + "/" + name) }
            let listing = try InputListing(of: folder, isRecursive: true)
            #expect(Self.names(listing) == ["A", "a.txt", "a/b/c", "a/x", "b/1"])
        }
    }

    @Test func `Without recursion folders are counted, not looked into`() async throws {
        try await withTemporaryFolder { folder in
            for name in ["a/x", "b/c/y", "z"] { try write("", to: folder + "/" + name) }
            let listing = try InputListing(of: folder, isRecursive: false)
            #expect(Self.names(listing) == ["z"])
            #expect(listing.foldersPassedOver == 2)
        }
    }

    @Test func `Only files that match a pattern are listed, and only folders that can hold one are read`() async throws
    {
        try await withTemporaryFolder { folder in
            for name in ["a.csv", "a.txt", "d/b.csv", "d/MLTable", "d/e/c.csv", "closed/x.csv"] {
                try write("", to: folder + "/" + name)
            }
            // A folder that nobody may read is in nobody's way here.
            chmod(folder + "/closed", 0)
            defer { chmod(folder + "/closed", 0o700) }
            func listed(_ patterns: [String]) throws -> [String] {
                Self.names(try InputListing(of: folder, isRecursive: true, patterns: patterns))
            }
            #expect(try listed(["*.csv"]) == ["a.csv"])
            #expect(try listed(["d/**", "!d/MLTable"]) == ["d/b.csv", "d/e/c.csv"])
            #expect(try listed(["a.csv", "d/*/*.csv"]) == ["a.csv", "d/e/c.csv"])
            #expect(try listed(["none"]) == [])
        }
    }

    @Test func `Hidden files are passed over and counted`() async throws {
        try await withTemporaryFolder { folder in
            for name in [".DS_Store", ".git/config", "a", "b/.hidden", "b/c"] { try write("", to: folder + "/" + name) }
            let listing = try InputListing(of: folder, isRecursive: true)
            #expect(Self.names(listing) == ["a", "b/c"])
            #expect(listing.hidden == 3)
        }
    }

    @Test func `Names of any bytes are kept as they are`() async throws {
        let names: [[UInt8]] = [
            Array("a\nb".utf8), Array("tab\t.csv".utf8), Array("back\\slash".utf8), [0x66, 0xFF, 0xFE],
            Array("quote\"'".utf8),
        ]
        try await withTemporaryFolder { folder in
            for name in names { Self.touch(name, in: folder) }
            let listing = try InputListing(of: folder, isRecursive: false)
            #expect(listing.files.map(\.path) == names.sorted { $0.lexicographicallyPrecedes($1) })
        }
    }

    @Test func `Size and time of a file are those of the file`() async throws {
        try await withTemporaryFolder { folder in
            try write("12345", to: folder + "/a")
            let file = try #require(try InputListing(of: folder, isRecursive: false).files.first)
            let python = try runPython(
                "import os,sys; print(os.stat(sys.argv[1]).st_mtime_ns, end='')",
                [folder + "/a"]
            )
            #expect(file.size == 5)
            #expect(String(file.modified) == String(decoding: python, as: UTF8.self))
        }
    }

    @Test func `A single file is listed in its folder`() async throws {
        try await withTemporaryFolder { folder in
            try write("1", to: folder + "/one.csv")
            try write("2", to: folder + "/two.csv")
            let listing = try InputListing(of: folder + "/one.csv", isRecursive: false)
            #expect(Self.names(listing) == ["one.csv"])
            #expect(listing.root == folder)
        }
    }

    @Test func `Links are followed, to files and to folders`() async throws {
        try await withTemporaryFolder { folder in
            try write("123", to: folder + "/elsewhere/data.csv")
            try write("", to: folder + "/input/own.csv")
            let manager = FileManager.default
            try manager.createSymbolicLink(
                atPath: folder + "/input/f.csv",
                withDestinationPath: "../elsewhere/data.csv"
            )
            try manager.createSymbolicLink(atPath: folder + "/input/d", withDestinationPath: "../elsewhere")
            let listing = try InputListing(of: folder + "/input", isRecursive: true)
            #expect(Self.names(listing) == ["d/data.csv", "f.csv", "own.csv"])
            #expect(listing.files.map(\.size) == [3, 3, 0])
        }
    }

    @Test func `A link to nothing is listed, to fail with its reason`() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createSymbolicLink(atPath: folder + "/gone.csv", withDestinationPath: "nothing")
            #expect(try Self.names(InputListing(of: folder, isRecursive: true)) == ["gone.csv"])
        }
    }

    @Test func `A folder that holds itself through a link is refused`() async throws {
        try await withTemporaryFolder { folder in
            try write("", to: folder + "/a/b/file")
            try FileManager.default.createSymbolicLink(atPath: folder + "/a/b/up", withDestinationPath: "../..")
            let error = #expect(throws: StudioError.self) { try InputListing(of: folder, isRecursive: true) }
            #expect(
                error?.message == "\(folder)/a/b/up is a link to a folder that holds it: the input has no end."
            )
        }
    }

    @Test func `Without recursion such a link does not matter`() async throws {
        try await withTemporaryFolder { folder in
            try write("", to: folder + "/file")
            try FileManager.default.createSymbolicLink(atPath: folder + "/self", withDestinationPath: ".")
            #expect(try Self.names(InputListing(of: folder, isRecursive: false)) == ["file"])
        }
    }

    @Test func `An input that is gone is told by its path`() async throws {
        try await withTemporaryFolder { folder in
            let error = #expect(throws: StudioError.self) { try InputListing(of: folder + "/none", isRecursive: false) }
            #expect(error?.message == "The input \(folder)/none can't be read: No such file or directory.")
        }
    }

    @Test func `An empty folder has no files`() async throws {
        try await withTemporaryFolder { folder in
            let listing = try InputListing(of: folder, isRecursive: true)
            #expect(listing.files.isEmpty)
        }
    }
}
