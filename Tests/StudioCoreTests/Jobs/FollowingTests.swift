import BatchDomain
import BatchWorkspace
import StudioCore
import TestSupport
import Testing

/// `Studio.follow`.
struct FollowingTests {
    @Test func `A followed job reports each complete line of its log once, and its terminal state`() async throws {
        try await StudioBench.with { bench in
            let name = SampleWorkspace.runningJob
            let log = bench.workspace.folder.job(name).controllerLog
            try write("one\ntwo\nthr", to: log)
            var lines: [String] = []
            let ended = try await bench.studio.follow(name) { job, newLines in
                lines += newLines.map(\.text)
                guard newLines.map(\.text) == ["one", "two"] else { return }
                // The executor's part: it ends the log, then the job.
                Task {
                    try write("one\ntwo\nthree\nlast", to: log)
                    try await bench.workspace.setState(of: name, to: .failed, cause: "The model is gone.")
                }
            }
            #expect(ended.state == .failed && ended.cause == "The model is gone.")
            #expect(lines == ["one", "two", "three", "last"])
        }
    }

    @Test func `A job that has ended is followed to the end of its log at once`() async throws {
        try await StudioBench.with { bench in
            let name = SampleWorkspace.completedJob
            try write("done\n", to: bench.workspace.folder.job(name).controllerLog)
            var lines: [String] = []
            let ended = try await bench.studio.follow(name) { _, newLines in lines += newLines.map(\.text) }
            #expect(ended.state == .completed)
            #expect(lines == ["done"])
        }
    }
}
