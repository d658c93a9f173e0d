import BatchWorkers
import Foundation
import SystemKit
import TestSupport
import Testing

struct RuntimeFilesTests {
    @Test func `A file that lost its content, or is missing, is written again`() async throws {
        try await withTemporaryFolder { cache in
            let folder = try RuntimeFiles.install(in: cache)
            let host = try String(contentsOfFile: folder + "/host.py", encoding: .utf8)
            try write("", to: folder + "/host.py")
            try FileManager.default.removeItem(atPath: folder + "/preview.py")
            #expect(try RuntimeFiles.install(in: cache) == folder)
            #expect(try String(contentsOfFile: folder + "/host.py", encoding: .utf8) == host)
            #expect(FileManager.default.fileExists(atPath: folder + "/preview.py"))
        }
    }

    @Test func `An installation that fails leaves nothing behind and is completed by the next`() async throws {
        try await withTemporaryFolder { cache in
            let whole = try RuntimeFiles.install(in: cache)
            let names = try FileManager.default.subpathsOfDirectory(atPath: whole).sorted()
            try FileManager.default.removeItem(atPath: whole)
            // A folder has the place of a file.
            let obstacle = whole + "/preview.py"
            try FileManager.default.createDirectory(atPath: obstacle + "/full", withIntermediateDirectories: true)
            for _ in 0..<3 { #expect(throws: FileError.self) { try RuntimeFiles.install(in: cache) } }
            let folders = try FileManager.default.contentsOfDirectory(atPath: cache + "/runtime")
            #expect(folders.filter { !$0.hasSuffix(".use") }.count == 1)
            try FileManager.default.removeItem(atPath: obstacle)
            #expect(try RuntimeFiles.install(in: cache) == whole)
            #expect(try FileManager.default.subpathsOfDirectory(atPath: whole).sorted() == names)
        }
    }
}
