import Foundation
import Synchronization
import SystemKit
import TestSupport
import Testing

struct FileLockTests {
    @Test func `One holds a lock at a time`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/lock"
            #expect((try? FileLock.isHeld(at: path)) == false)
            let first = try #require(try FileLock.attempt(at: path))
            #expect(try FileLock.isHeld(at: path))
            #expect(try FileLock.attempt(at: path) == nil)
            first.release()
            #expect(try FileLock.attempt(at: path) != nil)
        }
    }

    @Test func `Inspecting a lock does not take it`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/lock"
            // Inspected all the time while it is taken again and again: no inspection may get in the way.
            let inspection = Task {
                while !Task.isCancelled { _ = try FileLock.isHeld(at: path) }
            }
            for _ in 0..<200 {
                let lock = try FileLock.attempt(at: path)
                #expect(lock != nil)
                lock?.release()
            }
            inspection.cancel()
        }
    }

    @Test func `A holder's description lasts as long as the lock`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/lock"
            #expect(FileLock.holder(at: path) == "")
            let lock = try FileLock.acquire(at: path)
            lock.describeHolder("4711\na longer line\n")
            lock.describeHolder("4711\nläuft\n")
            #expect(FileLock.holder(at: path) == "4711\nläuft\n")
            lock.release()
            #expect(FileLock.holder(at: path) == "")
        }
    }

    @Test func `A lock can be waited for without a blocked thread`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/lock"
            let first = try FileLock.acquire(at: path)
            let waits = Mutex(0)
            let second = try await FileLock.acquire(at: path, every: .milliseconds(1)) {
                waits.withLock { $0 += 1 }
                first.release()
            }
            #expect(waits.withLock { $0 } == 1)
            second.release()
        }
    }

    @Test func `What can't be locked is named`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/missing/lock"
            let error = #expect(throws: FileError.self) { try FileLock.acquire(at: path) }
            #expect(error == FileError(.open, path, code: ENOENT))
            #expect((try? FileLock.isHeld(at: path)) == false)
        }
    }
}
