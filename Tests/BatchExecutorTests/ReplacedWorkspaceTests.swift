import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import SystemKit
import TestSupport
import Testing

@testable import BatchExecutor

/// Executors in processes of their own whose workspace is no longer what it was.
@Suite(.serialized) struct ReplacedWorkspaceTests {
    private static func with(_ body: (WorkspaceFolder, ExecutorControl) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let place = WorkspaceFolder(path: folder + "/workspace")
            _ = try Workspace(opening: place)
            let control = ExecutorControl(folder: place, executable: Program.path)
            try control.ensureRunning()
            do {
                try await body(place, control)
            } catch {
                try control.stop()
                throw error
            }
            try control.stop()
        }
    }

    private static func pid(_ control: ExecutorControl) throws -> Int {
        guard case .running(let pid) = try control.status() else { return 0 }
        return pid
    }

    private static func waitForEnd(of pid: Int) async throws {
        _ = try await wait(for: "the end of process \(pid)") {
            (ProcessStat(of: pid)?.isEnded ?? true) ? true : nil
        }
    }

    @Test func `A warm executor whose database is replaced ends, and the next command starts another`() async throws {
        try await Self.with { place, control in
            let first = try Self.pid(control)
            let backup = place.database + ".backup"
            try FileCopy.make(of: place.database, to: backup)
            for ending in ["-wal", "-shm"] { try FileManager.default.removeItem(atPath: place.database + ending) }
            #expect(rename(backup, place.database) == 0)
            try await Self.waitForEnd(of: first)
            let log = try String(contentsOfFile: place.executorLog, encoding: .utf8)
            #expect(log.contains("its file studio.sqlite"))
            try control.ensureRunning()
            #expect(try Self.pid(control) != first)
            try control.stop()
            #expect(try control.status() == .stopped)
        }
    }

    @Test func `An executor whose workspace moved ends with that reason in the moved log`() async throws {
        try await Self.with { place, control in
            let first = try Self.pid(control)
            let new = WorkspaceFolder(path: place.path + "-moved")
            try FileManager.default.moveItem(atPath: place.path, toPath: new.path)
            let moved = ExecutorControl(folder: new, executable: Program.path)
            try moved.ensureRunning()
            try await Self.waitForEnd(of: first)
            let second = try Self.pid(moved)
            #expect(second != first && second != 0)
            let log = try String(contentsOfFile: new.executorLog, encoding: .utf8)
            #expect(log.contains("moved to \(new.path)"))
            #expect(!FileManager.default.fileExists(atPath: place.path))
            try moved.stop()
        }
    }

    @Test func `The executor of a renamed parent folder is replaced`() async throws {
        try await withTemporaryFolder { folder in
            let place = WorkspaceFolder(path: folder + "/old/workspace")
            try FileManager.default.createDirectory(atPath: folder + "/old", withIntermediateDirectories: true)
            _ = try Workspace(opening: place)
            let control = ExecutorControl(folder: place, executable: Program.path)
            try control.ensureRunning()
            let first = try Self.pid(control)
            #expect(rename(folder + "/old", folder + "/new") == 0)
            let moved = ExecutorControl(
                folder: WorkspaceFolder(path: folder + "/new/workspace"),
                executable: Program.path
            )
            try moved.ensureRunning()
            try await Self.waitForEnd(of: first)
            let second = try Self.pid(moved)
            #expect(second != first && second != 0)
            try moved.stop()
            #expect(!FileManager.default.fileExists(atPath: folder + "/old"))
        }
    }

    @Test func `The lock tells for which workspace it is held`() async throws {
        try await Self.with { place, control in
            let holder = ExecutorHolder(readingLockAt: place.executorLock)
            let pid = try Self.pid(control)
            #expect(holder.pid == pid && holder.folder == place.path)
            let id = try await Workspace(opening: place).id()
            #expect(holder.workspaceID == id)
            #expect(holder.serves(place))
            #expect(!holder.serves(WorkspaceFolder(path: place.path + "/blobs")))
        }
    }
}
