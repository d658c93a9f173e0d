import BatchDomain
import BatchWorkspace
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import BatchExecutor

/// Schedules of arriving files, and jobs that score what is new, with an executor in this process.
struct ArrivalTests {
    /// Writes rows, and fails files that say so.
    private static let script = """
        import os
        def init():
            pass
        def run(mini_batch):
            rows = []
            for path in mini_batch:
                text = open(path).read()
                if text.startswith("bad"):
                    raise ValueError("bad file")
                rows.append(os.path.basename(path))
            return rows
        """

    private static var settings: SettingsOverrides {
        var settings = SettingsOverrides()
        settings.miniBatchSize = 1
        settings.maxRetries = 0
        return settings
    }

    private static func save(
        _ bench: JobBench,
        _ input: String,
        rule: ArrivalRule = ArrivalRule(settle: 0, collect: 0)
    ) async throws {
        _ = try await bench.workspace.save(
            Schedule(
                name: "inbox",
                trigger: .arrival(rule),
                job: Invocation(endpointName: "bench", input: .local(input)),
                createdAt: Date(),
                updatedAt: Date()
            )
        )
        await bench.executor.wake()
    }

    /// The job of a run, once it has ended.
    private static func job(ofRun number: Int, in bench: JobBench) async throws -> Job {
        try await wait(for: "run \(number)") {
            let runs = try await bench.workspace.runs(of: "inbox", limit: 10)
            guard let name = runs.first(where: { $0.number == number })?.job else { return nil }
            let job = try await bench.workspace.job(name)
            return job.state.isTerminal ? job : nil
        }
    }

    /// Moves a file into the inbox, as one that is whole.
    private static func deliver(_ text: String, _ name: String, to inbox: String, in bench: JobBench) throws {
        try write(text, to: bench.folder + "/elsewhere/" + name)
        try FileManager.default.moveItem(atPath: bench.folder + "/elsewhere/" + name, toPath: inbox + "/" + name)
    }

    @Test(.timeLimit(.minutes(3)))
    func `Each file that arrives is scored once, and one that fails starts no job of its own`() async throws {
        try await JobBench.with(script: Self.script, settings: Self.settings) { bench in
            let inbox = try bench.makeInput(files: 2)
            try await Self.save(bench, inbox)
            let first = try await Self.job(ofRun: 1, in: bench)
            #expect(first.counts.files == 2)
            try Self.deliver("bad", "bad.txt", to: inbox, in: bench)
            let second = try await Self.job(ofRun: 2, in: bench)
            #expect(second.counts.files == 1)
            #expect(second.notes.contains("1 new of 3 files: those alone are scored (new_only)."))
            try Self.deliver("good", "good.txt", to: inbox, in: bench)
            // The failed file goes with the next one, and with no job before.
            let third = try await Self.job(ofRun: 3, in: bench)
            #expect(third.counts.files == 2)
            #expect(third.counts.failedFiles == 1)
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `A folder that is not there is a remark, and is scored once it is`() async throws {
        try await JobBench.with(script: Self.script, settings: Self.settings) { bench in
            let inbox = bench.folder + "/later/inbox"
            try await Self.save(bench, inbox)
            _ = try await wait(for: "the remark") { try await bench.workspace.schedule("inbox").remark }
            #expect(try await bench.workspace.runs(of: "inbox", limit: 10).isEmpty)
            _ = try bench.makeInput(files: 1, named: "later/inbox")
            let job = try await Self.job(ofRun: 1, in: bench)
            #expect(job.state == .completed)
            #expect(try await bench.workspace.schedule("inbox").remark == nil)
            try write("3", to: inbox + "/folder/3.txt")
            #expect(try await Self.job(ofRun: 2, in: bench).counts.files == 1)
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `After a restart what has come meanwhile is due, and what was scored is not`() async throws {
        try await JobBench.with(script: Self.script, settings: Self.settings) { bench in
            let inbox = try bench.makeInput(files: 2)
            try await Self.save(bench, inbox)
            _ = try await Self.job(ofRun: 1, in: bench)
            try await bench.executor.stop()
            try write("new", to: inbox + "/new.txt")
            try await bench.executor.start()
            #expect(try await Self.job(ofRun: 2, in: bench).counts.files == 1)
            #expect(try await bench.workspace.runs(of: "inbox", limit: 10).count == 2)
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `A file that is still written waits for settle and collect by the clock`() async throws {
        let passed = Mutex(0.0)
        let now: @Sendable () -> Date = { passed.withLock { Date().addingTimeInterval($0) } }
        try await JobBench.with(script: Self.script, settings: Self.settings, now: now) { bench in
            try await bench.executor.stop()
            let inbox = try bench.makeInput(files: 1)
            try await Self.save(bench, inbox, rule: ArrivalRule(settle: 600, collect: 60))
            let keeper = ArrivalKeeper(
                bench.workspace,
                environments: { _, _, _ in try await Python.path() },
                logger: bench.executor.log.logger,
                wake: {}
            )
            func step() async throws -> (runs: [ScheduleRun], nextAt: Date?) {
                try await wait(for: "a listing") {
                    let step = try await keeper.takeRuns()
                    return step.runs.isEmpty && step.nextAt == nil ? nil : step
                }
            }
            for (seconds, left) in [(0.0, 600.0), (400, 200), (610, 60)] {
                passed.withLock { $0 = seconds }
                let (runs, nextAt) = try await step()
                #expect(runs.isEmpty)
                let wait = try #require(nextAt).timeIntervalSince(now())
                #expect(wait <= left)
            }
            passed.withLock { $0 = 700 }
            let run = try #require(try await step().runs.first)
            #expect(run.outcome == .started)
            await keeper.stop()
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `A job that finds nothing new when it starts is Canceled with that reason`() async throws {
        try await JobBench.with(script: Self.script, settings: Self.settings) { bench in
            let input = try bench.makeInput(files: 2)
            var invocation = Invocation(endpointName: "bench", input: .local(input))
            invocation.isNewOnly = true
            let first = try await bench.workspace.invoke(invocation)
            let second = try await bench.workspace.invoke(invocation)
            await bench.executor.wake()
            #expect(try await bench.end(of: first.name).state == .completed)
            let states = [try await bench.end(of: second.name)]
            // Both may have started at once: then both have scored the files.
            if states[0].state == .canceled {
                #expect(states[0].cause == "Nothing new: all 2 files were scored before.")
            }
            let third = try await bench.workspace.invoke(invocation)
            await bench.executor.wake()
            let ended = try await bench.end(of: third.name)
            #expect(ended.state == .canceled)
            #expect(ended.cause == "Nothing new: all 2 files were scored before.")
        }
    }

    @Test func `A _SUCCESS that is younger than a file says that it is whole`() async throws {
        try await withTemporaryFolder { folder in
            func settled() throws -> [String] {
                var listing = try InputListing(of: folder, into: .everywhere)
                listing.keepSettled(for: 3600, at: Date())
                return listing.files.map { String(decoding: $0.path, as: UTF8.self) }
            }
            func date(_ path: String, _ secondsAgo: Double) throws {
                let date = Date().addingTimeInterval(-secondsAgo)
                try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: folder + "/" + path)
            }
            for path in ["a.txt", "in/b.txt", "in/_SUCCESS", "other/c.txt"] {
                try write("1", to: folder + "/" + path)
                try date(path, path.hasSuffix("_SUCCESS") ? 10 : 20)
            }
            #expect(try settled() == ["in/b.txt"])
            try write("", to: folder + "/_SUCCESS")
            // It is written to again, after its folder's _SUCCESS and that of the input.
            try date("in/b.txt", -60)
            #expect(try settled() == ["a.txt", "other/c.txt"])
        }
    }
}
