import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

struct ExecutorLockTests {
    @Test func `One executor holds a workspace at a time`() async throws {
        try await withTemporaryFolder { folder in
            let first = try #require(try ExecutorLock.acquire(at: folder + "/executor.lock"))
            #expect(try ExecutorLock.acquire(at: folder + "/executor.lock") == nil)
            first.release()
            #expect(try ExecutorLock.acquire(at: folder + "/executor.lock") != nil)
        }
    }

    @Test func `To look whether it is held does not hold it`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/executor.lock"
            #expect(try !ExecutorLock.isHeld(at: path))
            // Looked at all the time while it is taken again and again: nobody who looks may get in the way.
            let looking = Task {
                while !Task.isCancelled { _ = try ExecutorLock.isHeld(at: path) }
            }
            for _ in 0..<200 {
                let lock = try ExecutorLock.acquire(at: path)
                #expect(lock != nil)
                lock?.release()
            }
            looking.cancel()
        }
    }

    @Test func `A held lock tells whose it is`() async throws {
        try await withTemporaryFolder { folder in
            let workspace = WorkspaceFolder(path: folder)
            let control = ExecutorControl(folder: workspace, executable: "/bin/false")
            #expect(try control.status() == .stopped)
            let lock = try #require(try ExecutorLock.acquire(at: workspace.executorLock))
            lock.identify(ExecutorHolder(pid: 4711))
            #expect(try control.status() == .running(pid: 4711))
            lock.release()
            #expect(try control.status() == .stopped)
        }
    }

    @Test func `Who held the lock is not taken for who holds it next`() async throws {
        try await withTemporaryFolder { folder in
            let workspace = WorkspaceFolder(path: folder)
            let first = try #require(try ExecutorLock.acquire(at: workspace.executorLock))
            first.identify(ExecutorHolder(pid: 4711))
            first.release()
            let second = try #require(try ExecutorLock.acquire(at: workspace.executorLock))
            #expect(try ExecutorControl(folder: workspace).status() == .running(pid: 0))
            second.release()
        }
    }

    @Test func `An executor that does not come up is reported with its last words`() async throws {
        try await withTemporaryFolder { folder in
            let script = folder + "/broken"
            try write("#!/bin/sh\necho no such luck >&2\nexit 1\n", to: script)
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script)
            let control = ExecutorControl(folder: WorkspaceFolder(path: folder), executable: script)
            let error = #expect(throws: (any Error).self) { try control.ensureRunning() }
            #expect(
                "\(error.map { "\($0)" } ?? "")".hasPrefix(
                    "The executor did not start: it exited with code 1: no such luck"
                )
            )
        }
    }
}
