import BatchDomain
import BatchWorkspace
import Foundation
import Glibc
import SystemKit
import TestSupport
import Testing

@testable import BatchExecutor

struct ExecutorLockTests {
    @Test func `One executor holds a workspace at a time`() async throws {
        try await withTemporaryFolder { folder in
            let first = try #require(try FileLock.attempt(at: folder + "/executor.lock"))
            #expect(try FileLock.attempt(at: folder + "/executor.lock") == nil)
            first.release()
            #expect(try FileLock.attempt(at: folder + "/executor.lock") != nil)
        }
    }

    @Test func `To look whether it is held does not hold it`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/executor.lock"
            #expect(try !FileLock.isHeld(at: path))
            // Looked at all the time while it is taken again and again: a check must not get in the way.
            let looking = Task {
                while !Task.isCancelled { _ = try FileLock.isHeld(at: path) }
            }
            for _ in 0..<200 {
                let lock = try FileLock.attempt(at: path)
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
            let lock = try #require(try FileLock.attempt(at: workspace.executorLock))
            lock.describeHolder(ExecutorHolder(pid: 4711).text)
            #expect(try control.status() == .running(pid: 4711))
            lock.release()
            #expect(try control.status() == .stopped)
        }
    }

    @Test func `Who held the lock is not taken for who holds it next`() async throws {
        try await withTemporaryFolder { folder in
            let workspace = WorkspaceFolder(path: folder)
            let first = try #require(try FileLock.attempt(at: workspace.executorLock))
            first.describeHolder(ExecutorHolder(pid: 4711).text)
            first.release()
            let second = try #require(try FileLock.attempt(at: workspace.executorLock))
            #expect(try ExecutorControl(folder: workspace).status() == .running(pid: 0))
            second.release()
        }
    }

    @Test func `A wake-up that an executor leaves unread at its end has woken no executor`() async throws {
        try await withTemporaryFolder { folder in
            let workspace = WorkspaceFolder(path: folder)
            #expect(mkfifo(workspace.executorWake, 0o600) == 0)
            #expect(!ExecutorControl(folder: workspace).wake())
            let reader = open(workspace.executorWake, O_RDWR | O_NONBLOCK | O_CLOEXEC)
            let waking = Task { ExecutorControl(folder: workspace).wake() }
            _ = try await wait(for: "the wake-up") {
                var unread: Int32 = 0
                return ioctl(reader, UInt(FIONREAD), &unread) == 0 && unread > 0 ? true : nil
            }
            close(reader)
            #expect(await !waking.value)
        }
    }

    @Test func `A wake-up that is read has woken the executor`() async throws {
        try await withTemporaryFolder { folder in
            let workspace = WorkspaceFolder(path: folder)
            let (events, send) = AsyncStream<Void>.makeStream()
            let pipe = try WakePipe(at: workspace.executorWake) { send.yield() }
            defer { pipe.close() }
            #expect(ExecutorControl(folder: workspace).wake())
            var wakes = events.makeAsyncIterator()
            #expect(await wakes.next() != nil)
        }
    }

    @Test func `A process that a stale lock names is not signalled`() async throws {
        try await withTemporaryFolder { folder in
            let workspace = WorkspaceFolder(path: folder)
            let other = Process()
            other.executableURL = URL(fileURLWithPath: "/bin/sleep")
            other.arguments = ["600"]
            try other.run()
            let lock = try #require(try FileLock.attempt(at: workspace.executorLock))
            // The last holder was killed: its lines stay until this one has written its own.
            lock.describeHolder(
                ExecutorHolder(pid: Int(other.processIdentifier), database: "1:2", folder: "/gone").text
            )
            var control = ExecutorControl(folder: workspace)
            control.stopTimeout = .milliseconds(50)
            #expect(throws: StudioError.self) { try control.stop() }
            #expect(other.isRunning)
            // It inherits the signals that a thread of Swift's pool blocks: SIGTERM would not end it.
            kill(other.processIdentifier, SIGKILL)
            other.waitUntilExit()
            lock.release()
        }
    }

    @Test func `An executor that does not come up is reported with its last words`() async throws {
        try await withTemporaryFolder { folder in
            let script = folder + "/broken"
            try write("#!/bin/sh\necho no such luck >&2\nexit 1\n", to: script)
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script)
            let control = ExecutorControl(folder: WorkspaceFolder(path: folder), executable: script)
            let error = #expect(throws: StudioError.self) { try control.ensureRunning() }
            #expect(error?.code == .environment)
            expectMessage(error, "executor/did-not-start", placeholders: [folder: "FOLDER"])
        }
    }
}
