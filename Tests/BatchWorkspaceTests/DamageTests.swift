import BatchDomain
import BatchWorkspace
import Foundation
import SystemKit
import TestSupport
import Testing

/// Databases that a disk, a crash or a careless hand has broken.
struct DamageTests {
    /// What happens to a database.
    enum Damage: CaseIterable {
        case garbage, truncated, emptied, removed, firstPageZeroed, middlePageZeroed

        func happen(to path: String) throws {
            let file = URL(fileURLWithPath: path)
            var data = try Data(contentsOf: file)
            switch self {
            case .garbage: data = Data(String(repeating: "no database ", count: 4000).utf8)
            case .truncated: data = data.prefix(data.count / 2)
            case .emptied: data = Data()
            case .removed: return try FileManager.default.removeItem(at: file)
            case .firstPageZeroed: data.resetBytes(in: 0..<4096)
            case .middlePageZeroed:
                let middle = data.count / 4096 / 2 * 4096
                data.resetBytes(in: middle..<middle + 4096)
            }
            // The mode stays, and the inode: as a bad disk does it.
            let handle = try FileHandle(forWritingTo: file)
            try handle.truncate(atOffset: 0)
            try handle.write(contentsOf: data)
            try handle.close()
        }
    }

    /// A workspace that was used and is closed.
    private static func with(
        _ damage: Damage,
        _ body: (WorkspaceFolder, _ bytes: Data?) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let place = WorkspaceFolder(path: folder + "/workspace")
            // A copy: a process that has the database open would write to it once more when it closes it.
            let used = WorkspaceFolder(path: folder + "/used")
            try await SampleWorkspace.fill(used, jobs: 20)
            try FileManager.default.createDirectory(atPath: place.path, withIntermediateDirectories: true)
            _ = try runPython(
                "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('VACUUM INTO ?', sys.argv[2:]); "
                    + "sqlite3.connect(sys.argv[2]).execute('PRAGMA journal_mode = WAL')",
                [used.database, place.database]
            )
            for (old, new) in [(used.models, place.models), (used.path + "/jobs", place.path + "/jobs")] {
                try FileManager.default.moveItem(atPath: old, toPath: new)
            }
            try damage.happen(to: place.database)
            try await body(place, FileManager.default.contents(atPath: place.database))
        }
    }

    @Test(arguments: Damage.allCases)
    func `A damaged database is refused and left as it is`(damage: Damage) async throws {
        try await Self.with(damage) { place, bytes in
            let error = #expect(throws: StudioError.self) { try Workspace(opening: place) }
            #expect(error?.code == .damaged)
            // The reason is SQLite's own.
            let text = error?.message.replacing(/is damaged: .*/, with: "is damaged: REASON")
            expectMessage(text, "open/damaged", placeholders: [place.database: "DATABASE"])
            expectMessage(error?.advice, "open/damaged-advice")
            #expect(FileManager.default.contents(atPath: place.database) == bytes)
        }
    }

    @Test(arguments: Damage.allCases)
    func `A repair sets the database aside byte for byte and makes one that works`(damage: Damage) async throws {
        try await Self.with(damage) { place, bytes in
            let report = try Workspace.repair(place)
            #expect((report.setAside == nil) == (bytes == nil))
            #expect(report.setAside.flatMap { FileManager.default.contents(atPath: $0) } == bytes)
            let workspace = try Workspace(opening: place, durability: .full)
            _ = try await workspace.createEndpoint(EndpointDraft(name: "after-repair"))
            #expect(try await workspace.datastores().count == 1)
        }
    }

    @Test func `A repair brings over the tables that can be read`() async throws {
        try await Self.with(.middlePageZeroed) { place, _ in
            let report = try Workspace.repair(place)
            #expect(report.tables.contains { !$0.isDamaged && $0.rows > 0 })
            #expect(report.tables.first { $0.name == "endpoint" }?.rows == 3)
            let workspace = try Workspace(opening: place)
            #expect(try await workspace.endpoints().count == 3)
            #expect(try await workspace.deployments(of: "wine-growers").count == 2)
        }
    }

    @Test func `Models and jobs that no row tells of are listed, and a model can be taken in again`() async throws {
        try await Self.with(.garbage) { place, _ in
            let report = try Workspace.repair(place)
            #expect(report.models.map(\.id.description) == ["azureml:taxi-tips:1", "azureml:wine:1", "azureml:wine:2"])
            #expect(report.jobs.contains(SampleWorkspace.runningJob))
            let workspace = try Workspace(opening: place)
            let lost = try #require(report.models.last)
            let registration = ModelRegistration(
                name: "wine",
                version: "2",
                kind: .custom,
                path: lost.path,
                source: lost.path
            )
            let model = try await workspace.adopt(lost, registration)
            #expect(model.path == lost.path && model.bytes > 0)
            #expect(try await workspace.model(AssetReference(name: "wine")).id.version == "2")
        }
    }

    @Test func `Rows that are left out of the new database are counted`() async throws {
        try await withTemporaryFolder { folder in
            let place = WorkspaceFolder(path: folder + "/workspace")
            try await SampleWorkspace.fill(place)
            _ = try runPython(
                """
                import sqlite3, sys
                c = sqlite3.connect(sys.argv[1])
                c.execute("PRAGMA ignore_check_constraints = ON")
                c.execute("UPDATE model SET tags = 'no JSON' WHERE version = '2'")
                c.execute("DELETE FROM endpoint WHERE name = 'taxi-tips'")
                c.commit()
                """,
                [place.database]
            )
            let tables = try Workspace.repair(place).tables
            func table(_ name: String) -> RepairReport.Table? { tables.first { $0.name == name } }
            #expect(table("model") == RepairReport.Table(name: "model", rows: 2, leftOut: 1, isDamaged: false))
            let deployments = RepairReport.Table(name: "deployment", rows: 2, leftOut: 1, isDamaged: false)
            #expect(table("deployment") == deployments)
            #expect(table("endpoint") == RepairReport.Table(name: "endpoint", rows: 2, isDamaged: false))
        }
    }

    @Test func `A job that resumes after a repair is counted by the mini-batches that are left`() async throws {
        try await WorkspaceBench.with { bench in
            let place = bench.workspace.folder
            try await SampleWorkspace.fill(WorkspaceFolder(path: place.path + "/more"))
            let folder = WorkspaceFolder(path: place.path + "/more")
            _ = try runPython(
                """
                import sqlite3, sys
                c = sqlite3.connect(sys.argv[1])
                c.execute("DELETE FROM miniBatch WHERE id = 4")
                c.commit()
                """,
                [folder.database]
            )
            _ = try Workspace.repair(folder)
            let counts = try await Workspace(opening: folder).job(SampleWorkspace.runningJob).counts
            #expect(counts.doneMiniBatches == 2 && counts.failedMiniBatches == 1)
            #expect(counts.rows == 40 && counts.failedFiles == 2 && counts.succeededFiles == 4)
        }
    }

    @Test func `A repair that was killed before the new database had its name is finished by the next`() async throws {
        try await Self.with(.middlePageZeroed) { place, _ in
            let old = try Workspace.repair(place).setAside
            // The moment before its last step: the old log may still be there.
            try FileManager.default.moveItem(
                atPath: place.database,
                toPath: place.database + ".repaired-" + String(old?.split(separator: "-").last ?? "")
            )
            try write("old log", to: place.database + "-wal")
            await expectRefusal(.damaged, "damage/gone", placeholders: [place.path: "WORKSPACE"]) {
                _ = try Workspace(opening: place)
            }
            let report = try Workspace.repair(place)
            #expect(report.setAside == old)
            #expect(report.tables.first { $0.name == "endpoint" }?.rows == 3)
            #expect(try await Workspace(opening: place).endpoints().count == 3)
        }
    }

    @Test func `A repair is refused while an executor runs`() async throws {
        try await Self.with(.garbage) { place, bytes in
            await expectRefusal(.inUse, "repair/executor-runs", placeholders: [place.path: "WORKSPACE"]) {
                let lock = try #require(try FileLock.attempt(at: place.executorLock))
                defer { lock.release() }
                _ = try Workspace.repair(place)
            }
            #expect(FileManager.default.contents(atPath: place.database) == bytes)
        }
    }

    @Test func `A database that is whole is found to be so`() async throws {
        try await WorkspaceBench.with { bench in
            #expect(throws: Never.self) { try Workspace.checkDatabase(bench.workspace.folder) }
        }
    }
}
