import BatchDomain
import Foundation
import TestSupport
import Testing

@testable import BatchWorkspace

/// Databases that are read without a byte of their folder being changed.
struct ReadOnlyDatabaseTests {
    /// Names, sizes and times of a folder's files.
    private static func state(of folder: WorkspaceFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)
            return "\(name) \(attributes[.size] ?? 0) \(attributes[.modificationDate] ?? 0)"
        }
    }

    private static func read(_ folder: WorkspaceFolder) throws -> Workspace {
        try Workspace(opening: folder, access: .readOnly("owned by anna"))
    }

    /// A copy of what a workspace has on the disk, with these files of its database.
    private static func snapshot(_ bench: WorkspaceBench, _ endings: [String]) throws -> WorkspaceFolder {
        let snapshot = WorkspaceFolder(path: bench.folder + "/snapshot")
        try FileManager.default.createDirectory(atPath: snapshot.path, withIntermediateDirectories: true)
        for ending in endings {
            try FileManager.default.copyItem(
                atPath: bench.workspace.folder.database + ending,
                toPath: snapshot.database + ending
            )
        }
        return snapshot
    }

    @Test func `A database without a log is read in place`() async throws {
        try await WorkspaceBench.with { bench in
            _ = try await bench.workspace.createEndpoint(EndpointDraft(name: "kept"))
            await bench.workspace.checkpoint()
            let snapshot = try Self.snapshot(bench, [""])
            let before = try Self.state(of: snapshot)
            let workspace = try Self.read(snapshot)
            #expect(try await workspace.endpoints().map(\.name) == ["kept"])
            expectMessage(workspace.readOnlyReason, "open/read-only")
            #expect(try await workspace.id() == bench.workspace.id())
            #expect(try Self.state(of: snapshot) == before)
        }
    }

    @Test func `A log without its index is read from a copy`() async throws {
        try await WorkspaceBench.with { bench in
            await bench.workspace.checkpoint()
            _ = try await bench.workspace.createEndpoint(EndpointDraft(name: "only-in-the-log"))
            let snapshot = try Self.snapshot(bench, ["", "-wal"])
            let before = try Self.state(of: snapshot)
            let workspace = try Self.read(snapshot)
            #expect(try await workspace.endpoints().map(\.name) == ["only-in-the-log"])
            expectMessage(workspace.readOnlyReason, "open/read-only-copy")
            #expect(try Self.state(of: snapshot) == before)
        }
    }

    @Test func `A database of the first version is brought up in a copy`() async throws {
        try await withTemporaryFolder { folder in
            let place = WorkspaceFolder(path: folder + "/old")
            try FirstVersion.make(at: place, ["schema-1"])
            let before = try Self.state(of: place)
            let workspace = try Self.read(place)
            #expect(try await workspace.model(AssetReference(name: "wine")).path == place.models + "/wine/1/wine")
            #expect(try await workspace.job("old-job").state == .completed)
            #expect(try await workspace.id() == nil)
            #expect(try Self.state(of: place) == before)
        }
    }

    @Test func `A database that its owner has open shows what the owner changes`() async throws {
        try await WorkspaceBench.with { bench in
            let workspace = try Self.read(bench.workspace.folder)
            _ = try await bench.workspace.createEndpoint(EndpointDraft(name: "later"))
            #expect(try await workspace.endpoints().map(\.name) == ["later"])
        }
    }

    @Test func `Every change is refused with whose workspace it is, and nothing is made for it`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            await bench.workspace.checkpoint()
            let snapshot = try Self.snapshot(bench, [""])
            let before = try Self.state(of: snapshot)
            let reading = WorkspaceBench(
                workspace: try Self.read(snapshot),
                folder: bench.folder,
                clock: bench.clock
            )
            for write in [
                { try await reading.invoke() },
                { _ = try await reading.workspace.register(reading.modelRegistration()) },
                { _ = try await reading.workspace.requestCancel(of: job.name) },
                { _ = try reading.workspace.updateLock() },
            ] as [() async throws -> Void] {
                await expectRefusal(.workspace, "write/read-only", placeholders: [snapshot.path: "WORKSPACE"], write)
            }
            try await reading.workspace.setStudioState("page", to: "jobs")
            await reading.workspace.sweep()
            await reading.workspace.checkpoint()
            #expect(try Self.state(of: snapshot) == before)
        }
    }
}
