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

    private static func link(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }

    private static func names(_ listing: InputListing) -> [String] {
        listing.files.map { String(decoding: $0.path, as: UTF8.self) }
    }

    @Test func `Files are in order of their names' bytes`() async throws {
        try await withTemporaryFolder { folder in
            for name in ["b", "B", "a10", "a2", "é", "z", "~", "a b"] { Self.touch(Array(name.utf8), in: folder) }
            let listing = try InputListing(of: folder, into: .everywhere)
            #expect(Self.names(listing) == ["B", "a b", "a10", "a2", "b", "z", "~", "é"])
        }
    }

    @Test func `Nested files are ordered by their whole path`() async throws {
        try await withTemporaryFolder { folder in
            for name in ["a/x", "a.txt", "a/b/c", "A", "b/1"] { try write("", to: folder + "/" + name) }
            let listing = try InputListing(of: folder, into: .everywhere)
            #expect(Self.names(listing) == ["A", "a.txt", "a/b/c", "a/x", "b/1"])
        }
    }

    @Test func `Without recursion folders are counted, not looked into`() async throws {
        try await withTemporaryFolder { folder in
            for name in ["a/x", "b/c/y", "z"] { try write("", to: folder + "/" + name) }
            let listing = try InputListing(of: folder, into: .nowhere)
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
            // An unreadable folder does not matter here.
            chmod(folder + "/closed", 0)
            defer { chmod(folder + "/closed", 0o700) }
            func listed(_ patterns: [String]) throws -> [String] {
                Self.names(try InputListing(of: folder, into: .everywhere, patterns: patterns))
            }
            #expect(try listed(["*.csv"]) == ["a.csv"])
            #expect(try listed(["d/**", "!d/MLTable"]) == ["d/b.csv", "d/e/c.csv"])
            #expect(try listed(["a.csv", "d/*/*.csv"]) == ["a.csv", "d/e/c.csv"])
            #expect(try listed(["none*"]) == [])
        }
    }

    @Test func `Files that are named one by one are taken whatever their names, and those that are gone too`()
        async throws
    {
        try await withTemporaryFolder { folder in
            for name in ["!b.csv", "_metadata", ".d/x.csv", ".d/y.csv", "a.csv", "f/MLTable", "f/.hidden"] {
                try write("", to: folder + "/" + name)
            }
            let wanted = ["!b.csv", "_metadata", ".d/x.csv", "f/**", "gone.csv", "f"]
            let patterns = PathPatterns.stored(wanted: wanted, unwanted: ["f/MLTable"])
            let listing = try InputListing(of: folder, into: .everywhere, patterns: patterns)
            #expect(Self.names(listing) == ["!b.csv", ".d/x.csv", "_metadata", "gone.csv"])
            #expect(listing.patternsLeftOut == [".*"])
        }
    }

    @Test func `A job's input is listed as its patterns, its scoring and the user say`() async throws {
        try await withTemporaryFolder { folder in
            for name in ["a.csv", "d/b.csv", "y=1/c.csv", "_SUCCESS"] { try write("", to: folder + "/" + name) }
            var input = JobInput(reference: .local(folder), kind: .folder, path: folder)
            let listing = try InputListing(for: input, scoring: .generated)
            #expect(Self.names(listing) == ["a.csv", "y=1/c.csv"])
            #expect(listing.notes == [LeftOutFiles.standard.note(count: 1, found: ["_SUCCESS"])])
            expectMessage(input.passedOverNote(folders: listing.foldersPassedOver), "input/passed-over")
            input.isRecursive = true
            #expect(try Self.names(InputListing(for: input, scoring: .generated)) == ["a.csv", "d/b.csv", "y=1/c.csv"])
            input.isRecursive = false
            #expect(try Self.names(InputListing(for: input, scoring: .generated)) == ["a.csv"])
            input.patterns = ["d/*"]
            #expect(try Self.names(InputListing(for: input, scoring: .generated)) == ["d/b.csv"])
            input.patterns = ["*.txt"]
            let error = #expect(throws: StudioError.self) { try InputListing(for: input, scoring: .generated) }
            #expect(error?.code == .file)
            expectMessage(error, "input/no-match", placeholders: [folder: "FOLDER"])
        }
    }

    @Test func `Hidden files are passed over and counted`() async throws {
        try await withTemporaryFolder { folder in
            for name in [".DS_Store", ".git/config", "a", "b/.hidden", "b/c"] { try write("", to: folder + "/" + name) }
            let listing = try InputListing(of: folder, into: .everywhere)
            #expect(Self.names(listing) == ["a", "b/c"])
            #expect(listing.leftOut == 3)
        }
    }

    @Test func `What data systems leave is left out and counted, a folder once`() async throws {
        try await withTemporaryFolder { folder in
            for name in [
                "_SUCCESS", "_temporary/0/part", "part-0.csv", "part-0.csv.crc", "x/_metadata", "x/part-1.csv",
            ] {
                try write("", to: folder + "/" + name)
            }
            let listing = try InputListing(of: folder, into: .everywhere)
            #expect(Self.names(listing) == ["part-0.csv", "x/part-1.csv"])
            #expect(listing.leftOut == 4)
            #expect(listing.patternsLeftOut == ["_SUCCESS", "_temporary", "*.crc", "_metadata"])
        }
    }

    @Test func `The file of a table is no data of its folder, and no news where its patterns are listed`() async throws
    {
        try await withTemporaryFolder { folder in
            for name in ["MLTable", "a.csv"] { try write("", to: folder + "/" + name) }
            let listing = try InputListing(of: folder, into: .everywhere)
            #expect(Self.names(listing) == ["a.csv"] && listing.patternsLeftOut == ["MLTable"])
            let table = try InputListing(of: folder, into: .everywhere, patterns: ["*", "!MLTable"])
            #expect(Self.names(table) == ["a.csv"] && table.leftOut == 0)
        }
    }

    @Test(arguments: ["_SUCCESS", ".hidden", "a.crc", "MLTable"])
    func `A file that is named itself is taken whatever its name`(name: String) async throws {
        try await withTemporaryFolder { folder in
            try write("", to: folder + "/" + name)
            #expect(Self.names(try InputListing(of: folder + "/" + name, into: .nowhere)) == [name])
        }
    }

    @Test func `Folders of partitions are looked into where others are not`() async throws {
        try await withTemporaryFolder { folder in
            for name in ["d=1/h=2/a", "d=1/other/b", "d=2/a", "other/c", "=x/d", "z"] {
                try write("", to: folder + "/" + name)
            }
            let partitions = try InputListing(of: folder, into: .partitions)
            #expect(Self.names(partitions) == ["d=1/h=2/a", "d=2/a", "z"])
            #expect(partitions.foldersPassedOver == 3)
            #expect(Self.names(try InputListing(of: folder, into: .nowhere)) == ["z"])
        }
    }

    @Test(arguments: [
        (["_delta_log/0.json", "part-0.parquet"], "a Delta table"),
        (["data/a.parquet", "metadata/v1.metadata.json"], "an Iceberg table"),
    ])
    func `The folder of a table is refused, also within the input`(files: [String], table: String) async throws {
        try await withTemporaryFolder { folder in
            for name in files { try write("", to: folder + "/d=1/" + name) }
            for (place, descent) in [(folder + "/d=1", FolderDescent.nowhere), (folder, .partitions)] {
                let error = #expect(throws: StudioError.self) { try InputListing(of: place, into: descent) }
                #expect(error?.code == .file)
                expectMessage(error, "input/\(table)", placeholders: [folder: "FOLDER"])
            }
        }
    }

    @Test func `Folders that only look like a table's are data`() async throws {
        try await withTemporaryFolder { folder in
            for name in ["data/a", "metadata/b", "x/_delta_log"] { try write("", to: folder + "/" + name) }
            let listing = try InputListing(of: folder, into: .everywhere)
            #expect(Self.names(listing) == ["data/a", "metadata/b"])
        }
    }

    @Test func `Names of any bytes are kept as they are`() async throws {
        let names: [[UInt8]] = [
            Array("a\nb".utf8), Array("tab\t.csv".utf8), Array("back\\slash".utf8), [0x66, 0xFF, 0xFE],
            Array("quote\"'".utf8),
        ]
        try await withTemporaryFolder { folder in
            for name in names { Self.touch(name, in: folder) }
            let listing = try InputListing(of: folder, into: .nowhere)
            #expect(listing.files.map(\.path) == names.sorted { $0.lexicographicallyPrecedes($1) })
        }
    }

    @Test func `Size and time of a file are those of the file`() async throws {
        try await withTemporaryFolder { folder in
            try write("12345", to: folder + "/a")
            let file = try #require(try InputListing(of: folder, into: .nowhere).files.first)
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
            let listing = try InputListing(of: folder + "/one.csv", into: .nowhere)
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
            let listing = try InputListing(of: folder + "/input", into: .everywhere)
            #expect(Self.names(listing) == ["d/data.csv", "f.csv", "own.csv"])
            #expect(listing.files.map(\.size) == [3, 3, 0])
        }
    }

    @Test func `A link to nothing is listed, to fail with its reason`() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createSymbolicLink(atPath: folder + "/gone.csv", withDestinationPath: "nothing")
            #expect(try Self.names(InputListing(of: folder, into: .everywhere)) == ["gone.csv"])
        }
    }

    @Test func `A link to a folder that holds it is one file, to fail with its reason`() async throws {
        try await withTemporaryFolder { folder in
            try write("", to: folder + "/a/b/file")
            try write("", to: folder + "/c/file")
            try Self.link(folder + "/a/b/up", to: "../..")
            try Self.link(folder + "/a/across", to: "../c")
            try Self.link(folder + "/c/across", to: "../a")
            let listing = try InputListing(of: folder, into: .everywhere)
            let endless = listing.files.filter { $0.size == InputFile.Refusal.endless.rawValue }
            #expect(
                endless.map { String(decoding: $0.path, as: UTF8.self) } == [
                    "a/across/across", "a/b/up", "c/across/across", "c/across/b/up",
                ]
            )
            #expect(Self.names(listing).contains("c/across/b/file"))
        }
    }

    @Test func `FIFOs, sockets, devices and links to them are listed, to fail with their reason`() async throws {
        try await withTemporaryFolder { folder in
            #expect(mkfifo(folder + "/fifo.csv", 0o600) == 0)
            try Self.link(folder + "/link.csv", to: "fifo.csv")
            try Self.link(folder + "/zero.csv", to: "/dev/zero")
            try write("", to: folder + "/a.csv")
            let listing = try InputListing(of: folder, into: .everywhere)
            #expect(Self.names(listing) == ["a.csv", "fifo.csv", "link.csv", "zero.csv"])
            #expect(listing.notes == [])
        }
    }

    @Test func `An input that is a FIFO or a device itself is refused, through a link too`() async throws {
        try await withTemporaryFolder { folder in
            #expect(mkfifo(folder + "/fifo", 0o600) == 0)
            try Self.link(folder + "/zero", to: "/dev/zero")
            for (path, kind) in [(folder + "/fifo", "FIFO"), (folder + "/zero", "character device")] {
                let error = #expect(throws: StudioError.self) { try InputListing(of: path, into: .nowhere) }
                #expect(error?.code == .file)
                expectMessage(error, "input/\(kind)", placeholders: [folder: "FOLDER"])
            }
        }
    }

    @Test func `Links that lead out of the input are followed and noted, those within it are not noted`() async throws {
        try await withTemporaryFolder { folder in
            try write("1", to: folder + "/input/d/a.csv")
            try write("2", to: folder + "/else/b.csv")
            try write("3", to: folder + "/input-2/c.csv")
            for (name, target) in [
                ("within", "d"), ("file.csv", "d/a.csv"), ("out", "../else"), ("out.csv", folder + "/else/b.csv"),
                ("near", "../input-2"), ("gone.csv", "../nothing"),
            ] {
                try Self.link(folder + "/input/" + name, to: target)
            }
            let listing = try InputListing(of: folder + "/input", into: .everywhere)
            #expect(
                Self.names(listing) == [
                    "d/a.csv", "file.csv", "gone.csv", "near/c.csv", "out.csv", "out/b.csv", "within/a.csv",
                ]
            )
            #expect(listing.links.followed == 3)
            #expect(Set(listing.links.examples.map { $0.prefix { $0 != " " } }) == ["near", "out", "out.csv"])
            #expect(listing.notes.count == 1 && listing.notes[0].hasPrefix("3 links "))
            #expect(try InputListing(of: folder + "/input", into: .nowhere).links.followed == 1)
        }
    }

    @Test func `An input that is a link itself does not lead out of itself`() async throws {
        try await withTemporaryFolder { folder in
            try write("1", to: folder + "/data/d/a.csv")
            try Self.link(folder + "/data/b.csv", to: "d/a.csv")
            try Self.link(folder + "/input", to: "data")
            let listing = try InputListing(of: folder + "/input", into: .everywhere)
            #expect(Self.names(listing) == ["b.csv", "d/a.csv"])
            #expect(listing.notes == [])
        }
    }

    /// Only root can give files away.
    @Test(.enabled(if: geteuid() == 0))
    func `Links to what another user does not share are not followed`() async throws {
        try await withTemporaryFolder { folder in
            for name in ["private.csv", "shared.csv", "own.csv", "theirs/a.csv"] {
                try write("1", to: folder + "/else/" + name)
            }
            for name in ["private.csv", "shared.csv", "theirs", "theirs/a.csv"] {
                #expect(chown(folder + "/else/" + name, 4711, 4711) == 0)
            }
            chmod(folder + "/else/private.csv", 0o600)
            chmod(folder + "/else/shared.csv", 0o604)
            chmod(folder + "/else/own.csv", 0o600)
            chmod(folder + "/else/theirs", 0o700)
            try write("", to: folder + "/input/a.csv")
            for name in ["private.csv", "shared.csv", "own.csv", "theirs"] {
                try Self.link(folder + "/input/" + name, to: "../else/" + name)
            }
            try Self.link(folder + "/input/planted.csv", to: "../else/own.csv")
            #expect(lchown(folder + "/input/planted.csv", 4711, 4711) == 0)
            // The folders above must let others in, but for the one that is closed on purpose.
            chmod(folder, 0o755)
            let listing = try InputListing(of: folder + "/input", into: .everywhere)
            let refused = listing.files.filter { $0.size == InputFile.Refusal.notShared.rawValue }
            #expect(
                refused.map { String(decoding: $0.path, as: UTF8.self) } == ["planted.csv", "private.csv", "theirs"]
            )
            #expect(Self.names(listing) == ["a.csv", "own.csv", "planted.csv", "private.csv", "shared.csv", "theirs"])
            let named = PathPatterns.stored(wanted: ["theirs/a.csv", "own.csv"], unwanted: [])
            let table = try InputListing(of: folder + "/input", into: .everywhere, patterns: named)
            #expect(Self.names(table) == ["own.csv", "theirs"])
            #expect(table.files.map(\.size) == [1, InputFile.Refusal.notShared.rawValue])
            // The user named the input, and with it what its owner may read.
            #expect(chown(folder + "/input", 4711, 4711) == 0)
            let theirs = try InputListing(of: folder + "/input", into: .everywhere)
            let stillRefused = theirs.files.filter { $0.size < 0 }
            #expect(stillRefused.map { String(decoding: $0.path, as: UTF8.self) } == ["planted.csv"])
        }
    }

    @Test func `Without recursion such a link does not matter`() async throws {
        try await withTemporaryFolder { folder in
            try write("", to: folder + "/file")
            try FileManager.default.createSymbolicLink(atPath: folder + "/self", withDestinationPath: ".")
            #expect(try Self.names(InputListing(of: folder, into: .nowhere)) == ["file"])
        }
    }

    @Test func `An input that is gone is told by its path`() async throws {
        try await withTemporaryFolder { folder in
            let error = #expect(throws: StudioError.self) { try InputListing(of: folder + "/none", into: .nowhere) }
            #expect(error?.code == .file)
            expectMessage(error, "input/gone", placeholders: [folder: "FOLDER"])
        }
    }

    @Test func `An empty folder has no files`() async throws {
        try await withTemporaryFolder { folder in
            let listing = try InputListing(of: folder, into: .everywhere)
            #expect(listing.files.isEmpty)
        }
    }
}
