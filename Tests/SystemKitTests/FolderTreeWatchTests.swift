import Foundation
import Synchronization
import SystemKit
import TestSupport
import Testing

struct FolderTreeWatchTests {
    @Test func `Files that are written or moved in are reported, from each of the folders`() async throws {
        try await withTemporaryFolder { folder in
            for name in ["a/1", "b/1", "c/1"] { try write("1", to: folder + "/" + name) }
            let reports = Mutex(0)
            let watch = try #require(FolderTreeWatch(interval: 1) { reports.withLock { $0 += 1 } })
            defer { watch.stop() }
            #expect(watch.set([folder + "/a", folder + "/b"]) == .added)
            #expect(watch.set([folder + "/a", folder + "/b", folder + "/gone"]) == .unchanged)
            func report() async throws {
                let seen = try await wait(for: "a report") { reports.withLock { $0 > 0 ? $0 : nil } }
                reports.withLock { $0 -= seen }
            }
            try write("2", to: folder + "/a/2")
            try await report()
            try FileManager.default.moveItem(atPath: folder + "/c/1", toPath: folder + "/b/2")
            try await report()
            try FileManager.default.removeItem(atPath: folder + "/b")
            try await report()
            // A folder of the same name is another one.
            try write("1", to: folder + "/b/1")
            #expect(watch.set([folder + "/a", folder + "/b"]) == .added)
        }
    }

    @Test func `A watch that was stopped watches nothing`() async throws {
        try await withTemporaryFolder { folder in
            let watch = try #require(FolderTreeWatch {})
            watch.stop()
            #expect(watch.set([folder]) == .unavailable)
        }
    }
}
