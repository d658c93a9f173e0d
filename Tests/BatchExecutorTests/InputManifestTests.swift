import BatchDomain
import BatchWorkers
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

struct InputManifestTests {
    private static let oddNames = ["a\nb", "back\\slash", "plain.csv", "r\rr", "tab\tt", "trap\\t\\n\\\\n", "ünï"]

    private static func make(_ names: [String], in folder: String) throws -> String {
        for name in names { try write("x", to: folder + "/input/" + name) }
        let path = folder + "/manifest.tsv"
        try InputManifest.write(try InputListing(of: folder + "/input", into: .everywhere), to: path)
        return path
    }

    @Test func `Names come back as they were, whatever they hold`() async throws {
        try await withTemporaryFolder { folder in
            let path = try Self.make(Self.oddNames, in: folder)
            let manifest = try InputManifest(at: path, miniBatchSize: 100)
            #expect(manifest.files(of: 0) == Self.oddNames)
        }
    }

    @Test func `A worker's Python reads the same names, sizes and times`() async throws {
        let code = """
            import os, sys
            sys.path.insert(0, sys.argv[1])
            import batchstudio_runtime
            from batchstudio_runtime.inputs import manifest
            path, root = sys.argv[2:]
            files = manifest.Manifest(path, root).files(0, os.path.getsize(path))
            assert all(manifest.reason_against(file) is None for file in files)
            sys.stdout.buffer.write(b"\\0".join(os.fsencode(file.name) for file in files))
            """
        try await withTemporaryFolder { folder in
            let path = try Self.make(Self.oddNames, in: folder)
            let runtime = try RuntimeFiles.install(in: folder + "/cache")
            let names = try runPython(code, [runtime, path, folder + "/input"])
            #expect(String(decoding: names, as: UTF8.self).split(separator: "\0").map { String($0) } == Self.oddNames)
        }
    }

    @Test func `A mini-batch is a run of whole lines`() async throws {
        try await withTemporaryFolder { folder in
            let path = try Self.make(["1", "2", "3", "4", "5"], in: folder)
            let manifest = try InputManifest(at: path, miniBatchSize: 2)
            #expect(manifest.plan.count == 3)
            #expect((0..<3).map { manifest.files(of: $0) } == [["1", "2"], ["3", "4"], ["5"]])
            #expect(manifest.bytes(of: 0).lowerBound == 0)
            #expect(manifest.bytes(of: 0).upperBound == manifest.bytes(of: 1).lowerBound)
            let size = try #require(FileManager.default.contents(atPath: path)).count
            #expect(manifest.bytes(of: 2).upperBound == size)
        }
    }

    @Test func `Files that were cut short or overwritten are told from those that grew or are gone`() async throws {
        try await withTemporaryFolder { folder in
            let names = ["cut\n1", "gone", "grown", "overwritten", "same"]
            let path = try Self.make(names, in: folder)
            let input = folder + "/input"
            #expect(truncate(input + "/cut\n1", 0) == 0)
            try FileManager.default.removeItem(atPath: input + "/gone")
            try write("xx", to: input + "/grown")
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1)],
                ofItemAtPath: input + "/overwritten"
            )
            let manifest = try InputManifest(at: path, miniBatchSize: 5)
            #expect(manifest.truncatedFiles(of: 0, below: input) == ["cut\n1", "overwritten"])
        }
    }

    @Test func `A manifest in whole mini-batches has no empty one at its end`() async throws {
        try await withTemporaryFolder { folder in
            let manifest = try InputManifest(at: try Self.make(["1", "2", "3", "4"], in: folder), miniBatchSize: 2)
            #expect(manifest.plan.count == 2)
        }
    }

    @Test(arguments: [
        (["a.csv", "b.csv"], true), (["d=1/a.csv", "d=2/b.csv", "c.csv"], true),
        (["d=1/part-0.csv", "d=2/part-0.csv"], false), (["part-0.csv", "x/part-0.csv"], false),
        (["a/b/c", "b/c"], false),
        (["a\tb/c", "b/a\tc"], true),
    ])
    func `Base names are unique or not`(names: [String], areUnique: Bool) async throws {
        try await withTemporaryFolder { folder in
            let manifest = try InputManifest(at: try Self.make(names, in: folder), miniBatchSize: 2)
            #expect(manifest.areNamesUnique == areUnique)
        }
    }

    @Test func `Only its owner may read it, and nothing else is left`() async throws {
        try await withTemporaryFolder { folder in
            let path = try Self.make(["1"], in: folder)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["input", "manifest.tsv"])
        }
    }
}
