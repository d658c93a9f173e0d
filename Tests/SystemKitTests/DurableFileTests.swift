import Foundation
import TestSupport
import Testing

@testable import SystemKit

struct DurableFileTests {
    @Test func `A file replaces the old one in whole, for its owner alone`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/a.json"
            try DurableFile.write("old, and longer".utf8, to: path)
            try DurableFile.write("new".utf8, to: path)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.json"])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
            #expect(mode == 0o600)
        }
    }

    @Test func `Nothing is left of a file that can't get its name`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/a"
            try FileManager.default.createDirectory(atPath: path + "/full", withIntermediateDirectories: true)
            let error = #expect(throws: FileError.self) { try DurableFile.write("new".utf8, to: path) }
            #expect(error == FileError(.write, path, code: EISDIR))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
        }
    }

    @Test func `A complete file or folder gets its name and replaces a file`() async throws {
        try await withTemporaryFolder { folder in
            try write("new", to: folder + "/staging")
            try write("old", to: folder + "/place")
            try DurableFile.publish(folder + "/staging", as: folder + "/place")
            #expect(try String(contentsOfFile: folder + "/place", encoding: .utf8) == "new")
            try write("in it", to: folder + "/code.partial/score.py")
            try DurableFile.publish(folder + "/code.partial", as: folder + "/code")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["code", "place"])
            let error = #expect(throws: FileError.self) {
                try DurableFile.publish(folder + "/nosuch", as: folder + "/other")
            }
            #expect(error?.path == folder + "/nosuch")
        }
    }

    @Test func `A staged file is not seen before it is finished, nor after it is abandoned`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/rows.csv"
            let abandoned = try StagedFile(for: path)
            try abandoned.write("half".utf8)
            abandoned.abandon()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
            let (one, two) = (try StagedFile(for: path), try StagedFile(for: path))
            try one.write("one".utf8)
            try two.write("two".utf8)
            #expect(!FileManager.default.fileExists(atPath: path))
            try two.finish()
            try one.finish()
            one.abandon()
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "one")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["rows.csv"])
        }
    }

    @Test func `What a killed writer left is written over by the next one`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/rows.csv"
            let killed = Process()
            killed.executableURL = URL(fileURLWithPath: "/bin/sh")
            killed.arguments = ["-c", "printf 'a longer half' > \(path).1.partial; kill -9 $$"]
            try killed.run()
            killed.waitUntilExit()
            let file = try StagedFile(for: path)
            try file.write("whole".utf8)
            try file.finish()
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "whole")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["rows.csv"])
        }
    }

    @Test func `Many writers of the same file each write it in whole`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/a"
            try await withThrowingTaskGroup(of: Void.self) { writers in
                for number in 0..<8 {
                    writers.addTask {
                        for _ in 0..<25 {
                            try DurableFile.write(String(repeating: "\(number)", count: 5_000).utf8, to: path)
                        }
                    }
                }
                try await writers.waitForAll()
            }
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.count == 5_000 && Set(text).count == 1)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
        }
    }

    @Test func `An error of the disk is retried, another one is not`() throws {
        var attempts = 0
        try DurableFile.retryingDiskErrors { () throws(FileError) in
            attempts += 1
            if attempts < 3 { throw FileError(.write, "/a", code: EIO) }
        }
        #expect(attempts == 3)
        attempts = 0
        for code in [EIO, ENOSPC] {
            #expect(throws: FileError(.write, "/a", code: code)) {
                try DurableFile.retryingDiskErrors { () throws(FileError) in
                    attempts += 1
                    throw FileError(.write, "/a", code: code)
                }
            }
        }
        #expect(attempts == DurableFile.maxAttempts + 1)
    }

    @Test(arguments: [
        (FileError.diskFull("/a/b"), "There is no space left for /a/b."),
        (FileError(.open, "/a", code: ENOENT), "/a can't be opened: No such file or directory."),
        (FileError(.make, "/a", code: EACCES), "/a can't be made: Permission denied."),
        (FileError(.write, "/a", code: EISDIR), "/a can't be written: Is a directory."),
        (FileError(.lock, "/a", code: ENOLCK), "/a can't be locked: No locks available."),
    ])
    func `An error names the file, the operation and the reason`(error: FileError, text: String) {
        #expect("\(error)" == text)
        #expect(error.isDiskFull == (error.code == ENOSPC))
    }

    @Test(arguments: [("/a/b", "/a"), ("/a", "/"), ("a", "."), ("a/b/c", "a/b")])
    func `The folder of a path is everything before its last name`(path: String, folder: String) {
        #expect(DurableFile.folder(of: path) == folder)
    }
}
