import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

/// Snapshots of scoring code: one for each content, there as long as anything uses it.
struct CodeSnapshotTests {
    private static func deploy(_ name: String, _ script: String, in bench: WorkspaceBench) async throws {
        try write(script, to: bench.folder + "/code/score.py")
        let code = ScoringCode(folder: bench.folder + "/code", script: "score.py")
        try await bench.deploy(name) { $0.code = code }
    }

    private static func snapshots(in bench: WorkspaceBench) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: bench.workspace.folder.code).sorted()
    }

    @Test func `Deployments with the same code share one snapshot`() async throws {
        try await WorkspaceBench.with { bench in
            try await Self.deploy("first", "def init(): pass", in: bench)
            try await Self.deploy("second", "def init(): pass", in: bench)
            try await Self.deploy("first", "def init(): pass", in: bench)
            #expect(try Self.snapshots(in: bench).count == 1)
            try await Self.deploy("second", "def init(): return", in: bench)
            #expect(try Self.snapshots(in: bench).count == 2)
            try await Self.deploy("second", "def init(): pass", in: bench)
            #expect(try Self.snapshots(in: bench).count == 1)
        }
    }

    @Test func `A snapshot goes with the last deployment or job that uses it`() async throws {
        try await WorkspaceBench.with { bench in
            try await Self.deploy("first", "def init(): pass", in: bench)
            let job = try await bench.invoke()
            try await bench.move(job.name, through: .preparing, .failed)
            try await Self.deploy("first", "def init(): return", in: bench)
            #expect(try Self.snapshots(in: bench).count == 2)
            try await bench.workspace.deleteJob(job.name)
            #expect(try Self.snapshots(in: bench).count == 1)
            try await bench.workspace.deleteEndpoint("wine-batch")
            #expect(try Self.snapshots(in: bench).isEmpty)
        }
    }

    @Test func `Snapshots of before that nothing uses are found when an executor starts`() async throws {
        try await WorkspaceBench.with { bench in
            try await Self.deploy("first", "def init(): pass", in: bench)
            let used = try Self.snapshots(in: bench)
            try write("old", to: bench.workspace.folder.code + "/0f8fad5b-d9cb-469f-a165-70867728950e/score.py")
            try await bench.workspace.sweepCode()
            await bench.workspace.sweep()
            #expect(try Self.snapshots(in: bench) == used)
        }
    }

    @Test func `A snapshot with read-only files and compiled code is still the same`() async throws {
        try await WorkspaceBench.with { bench in
            try await Self.deploy("first", "def init(): pass", in: bench)
            let path = "\(bench.workspace.folder.code)/\(try Self.snapshots(in: bench)[0])"
            let inode = FileIdentity(at: path + "/score.py")
            // What a job does to large files, before it links to them.
            try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path + "/score.py")
            try write("compiled", to: path + "/__pycache__/score.cpython-311.pyc")
            try await Self.deploy("second", "def init(): pass", in: bench)
            #expect(try Self.snapshots(in: bench).count == 1)
            #expect(FileIdentity(at: path + "/score.py") == inode)
        }
    }

    @Test func `A snapshot that was changed by hand is made again`() async throws {
        try await WorkspaceBench.with { bench in
            try await Self.deploy("first", "def init(): pass", in: bench)
            let path = "\(bench.workspace.folder.code)/\(try Self.snapshots(in: bench)[0])/score.py"
            try write("changed", to: path)
            try await Self.deploy("second", "def init(): pass", in: bench)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "def init(): pass")
        }
    }
}
