import BatchDomain
import BatchWorkspace
import Foundation
import Synchronization
import TestSupport
import Testing

/// Counts what a feed tells.
private final class Told: Sendable {
    private let changes = Atomic<Int>(0)

    var count: Int { changes.load(ordering: .relaxed) }

    func listen(to feed: ChangeFeed) -> Task<Void, Never> {
        Task { for await _ in feed.changes() { changes.add(1, ordering: .relaxed) } }
    }
}

struct ChangeFeedTests {
    @Test func `The first element comes at once`() async throws {
        try await WorkspaceBench.with { bench in
            let told = Told()
            let task = told.listen(to: ChangeFeed(bench.workspace.folder))
            defer { task.cancel() }
            _ = try await wait(for: "the first element", within: .seconds(60)) { told.count == 1 ? true : nil }
        }
    }

    @Test func `A commit of another connection is told`() async throws {
        try await WorkspaceBench.with { bench in
            let told = Told()
            let task = told.listen(to: ChangeFeed(bench.workspace.folder))
            defer { task.cancel() }
            _ = try await wait(for: "the first element") { told.count == 1 ? true : nil }
            _ = try await bench.reopened().createEndpoint(EndpointDraft(name: "wine-batch"))
            _ = try await wait(for: "the change", within: .seconds(60)) { told.count > 1 ? true : nil }
        }
    }

    @Test func `After the last telling all can be read`() async throws {
        try await WorkspaceBench.with { bench in
            let other = try bench.reopened()
            let seen = Mutex(0)
            let task = Task {
                for await _ in ChangeFeed(bench.workspace.folder).changes() {
                    let count = try await bench.workspace.endpoints().count
                    seen.withLock { $0 = count }
                }
            }
            defer { task.cancel() }
            for number in 0..<40 { _ = try await other.createEndpoint(EndpointDraft(name: "endpoint-\(number)")) }
            _ = try await wait(for: "all endpoints", within: .seconds(60)) { seen.withLock { $0 } == 40 ? true : nil }
        }
    }

    @Test func `A storm of commits is told a few times only`() async throws {
        try await WorkspaceBench.with { bench in
            let told = Told()
            let task = told.listen(to: ChangeFeed(bench.workspace.folder))
            defer { task.cancel() }
            _ = try await wait(for: "the first element") { told.count == 1 ? true : nil }
            let began = ContinuousClock.now
            for number in 0..<500 { try await bench.workspace.setStudioState("key", to: "\(number)") }
            let seconds = Double((ContinuousClock.now - began).components.seconds) + 1
            // One in 25 milliseconds at most, and the last.
            #expect(told.count <= Int(seconds * 40) + 2)
            #expect(told.count > 1)
        }
    }

    @Test func `Other files of the folder are no change`() async throws {
        try await WorkspaceBench.with { bench in
            let told = Told()
            let task = told.listen(to: ChangeFeed(bench.workspace.folder))
            defer { task.cancel() }
            _ = try await wait(for: "the first element") { told.count == 1 ? true : nil }
            for number in 0..<20 { try write("\(number)", to: bench.workspace.folder.executorLog) }
            // What is told of a commit afterwards is at most its first and last telling.
            _ = try await bench.workspace.createEndpoint(EndpointDraft(name: "wine-batch"))
            _ = try await wait(for: "the change", within: .seconds(60)) { told.count > 1 ? true : nil }
            #expect(told.count <= 3)
        }
    }

    @Test func `A feed of a folder that is not there ends at once`() async throws {
        var elements = 0
        for await _ in ChangeFeed(WorkspaceFolder(path: "/no/such/folder")).changes() { elements += 1 }
        #expect(elements == 1)
    }
}
