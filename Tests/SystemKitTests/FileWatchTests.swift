import Foundation
import Synchronization
import SystemKit
import TestSupport
import Testing

struct FileWatchTests {
    /// What a watch has reported.
    private final class Reports: Sendable {
        private let names = Mutex<[Set<String>]>([])
        private let stops = Atomic<Int>(0)

        var all: [Set<String>] { names.withLock { $0 } }
        var isStopped: Bool { stops.load(ordering: .acquiring) == 1 }

        func add(_ changed: Set<String>) { names.withLock { $0.append(changed) } }
        func stop() { stops.add(1, ordering: .releasing) }
    }

    @Test func `Names that appear and disappear in a folder are reported`() async throws {
        try await withTemporaryFolder { folder in
            let reports = Reports()
            let begun = FileWatch(
                of: folder,
                for: [.created, .deleted],
                onChange: { reports.add($1) },
                onStop: { reports.stop() }
            )
            let watch = try #require(begun)
            try write("1", to: folder + "/a")
            _ = try await wait(for: "the name") { reports.all.contains(["a"]) ? true : nil }
            try FileManager.default.removeItem(atPath: folder + "/a")
            _ = try await wait(for: "its end") { reports.all.joined().count >= 2 ? true : nil }
            watch.stop()
            #expect(watch.isStopped)
            _ = try await wait(for: "the end of the watch") { reports.isStopped ? true : nil }
        }
    }

    @Test func `A rename of the path itself is reported without a name`() async throws {
        try await withTemporaryFolder { folder in
            let reports = Reports()
            try write("1", to: folder + "/a")
            let begun = FileWatch(of: folder + "/a", for: .gone, onChange: { reports.add($1) })
            let watch = try #require(begun)
            defer { watch.stop() }
            try FileManager.default.moveItem(atPath: folder + "/a", toPath: folder + "/b")
            _ = try await wait(for: "the rename") { reports.all.first == [""] ? true : nil }
        }
    }

    @Test func `Writes within the interval make one report`() async throws {
        try await withTemporaryFolder { folder in
            let reports = Reports()
            try write("", to: folder + "/a")
            // Longer than the test takes: the second report never comes.
            let begun = FileWatch(of: folder, for: .modified, interval: .seconds(600), onChange: { reports.add($1) })
            let watch = try #require(begun)
            defer { watch.stop() }
            for _ in 0..<100 { try write("more", to: folder + "/a") }
            _ = try await wait(for: "the first report") { reports.all.isEmpty ? nil : true }
            for _ in 0..<100 { try write("more", to: folder + "/a") }
            // The queue of the reports has come past them.
            let passed = Atomic<Int>(0)
            watch.perform { passed.add(1, ordering: .releasing) }
            _ = try await wait(for: "the queue") { passed.load(ordering: .acquiring) == 1 ? true : nil }
            #expect(reports.all == [["a"]])
        }
    }

    @Test func `A path that does not exist can't be watched`() {
        let watch = FileWatch(of: "/no/such/folder", for: .created, onChange: { _, _ in })
        #expect(watch == nil)
    }
}
