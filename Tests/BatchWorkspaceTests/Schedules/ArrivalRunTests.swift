import BatchDomain
import BatchWorkspace
import Foundation
import Testing

struct ArrivalRunTests {
    private static func digest(_ name: String) -> FileDigest { FileDigest(of: Array(name.utf8)) }

    /// A bench with the schedule `inbox` of arriving files.
    private static func with(_ body: (WorkspaceBench) async throws -> Void) async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let schedule = Schedule(
                name: "inbox",
                trigger: .arrival(ArrivalRule()),
                job: try bench.invocation(),
                createdAt: WorkspaceBench.date,
                updatedAt: WorkspaceBench.date
            )
            _ = try await bench.workspace.save(schedule)
            // Has the scope made, as the first listing does.
            let specification = try await bench.workspace.specification(ofScheduled: schedule)
            _ = try await bench.workspace.areNew([], to: specification)
            try await body(bench)
        }
    }

    @Test func `Files make one run, whose job scores what is new and has settled`() async throws {
        try await Self.with { bench in
            let run = try #require(try await bench.workspace.takeArrivalRun(of: "inbox", [Self.digest("a")]))
            #expect(run.cause == .arrival)
            #expect(run.reason == "1 file arrived.")
            let job = try await bench.workspace.job(try #require(run.job))
            #expect(job.displayName == "inbox-1")
            #expect(job.specification.input.isNewOnly == true)
            #expect(job.specification.input.settle == 10)
            #expect(try await bench.workspace.takeDueRuns().runs.isEmpty)
        }
    }

    @Test func `Files that a run has taken start no second one, whatever became of its job`() async throws {
        try await Self.with { bench in
            let files = [Self.digest("a"), Self.digest("b")]
            let first = try #require(try await bench.workspace.takeArrivalRun(of: "inbox", files)?.job)
            // Its job is not over.
            #expect(try await bench.workspace.takeArrivalRun(of: "inbox", [Self.digest("c")]) == nil)
            try await bench.move(first, through: .preparing, .running, .failed)
            // An executor that was killed after the run was recorded lists them again.
            #expect(try await bench.workspace.takeArrivalRun(of: "inbox", files) == nil)
            let next = try await bench.workspace.takeArrivalRun(of: "inbox", files + [Self.digest("c")])
            #expect(next?.number == 2)
            #expect(next?.reason == "1 file arrived.")
        }
    }

    @Test func `After a reset the same files start a job again`() async throws {
        try await Self.with { bench in
            let run = try await bench.workspace.takeArrivalRun(of: "inbox", [Self.digest("a")])
            try await bench.move(try #require(run?.job), through: .preparing, .running, .failed)
            _ = try await bench.workspace.resetSchedule("inbox")
            #expect(try await bench.workspace.takeArrivalRun(of: "inbox", [Self.digest("a")])?.outcome == .started)
        }
    }

    @Test func `A schedule of arriving files that is disabled takes none, and keeps no time`() async throws {
        try await Self.with { bench in
            #expect(try await bench.workspace.schedule("inbox").nextAt == nil)
            #expect(try await bench.workspace.hasEnabledSchedules())
            _ = try await bench.workspace.setEnabled(false, schedule: "inbox")
            #expect(try await bench.workspace.takeArrivalRun(of: "inbox", [Self.digest("a")]) == nil)
            #expect(try await bench.workspace.arrivalSchedules().isEmpty)
        }
    }

    @Test func `A time at which nothing is new has a run and no job`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            var schedule = Schedule(
                name: "hourly",
                trigger: .recurrence(Recurrence(.hour), .init(start: WorkspaceBench.date)),
                job: try bench.invocation(),
                createdAt: WorkspaceBench.date,
                updatedAt: WorkspaceBench.date
            )
            schedule.job.isNewOnly = true
            _ = try await bench.workspace.save(schedule)
            bench.clock.advance(by: 3600)
            let due = try await bench.workspace.takeDueRuns()
            #expect(due.runs.isEmpty)
            #expect(due.uncounted.map(\.name) == ["hourly"])
            // Else the timer would call at once, again and again, while the files are counted.
            #expect(due.nextAt == nil)
            let count = NewFileCount(new: 0, all: 3402)
            let taken = try await bench.workspace.takeDueRuns(["hourly": .success(count)])
            #expect(taken.runs.map(\.outcome) == [.nothingNew])
            #expect(taken.runs.first?.reason == "Nothing new: all 3,402 files were scored before.")
            #expect(taken.nextAt == WorkspaceBench.date.addingTimeInterval(7200))
            #expect(try await bench.workspace.jobs().isEmpty)
            bench.clock.advance(by: 3600)
            let later = NewFileCount(new: 12, all: 3402)
            #expect(
                try await bench.workspace.takeDueRuns(["hourly": .success(later)]).runs.map(\.outcome) == [.started]
            )
        }
    }
}
