import BatchDomain
import BatchWorkspace
import Foundation
import Testing

struct ScheduleRunTests {
    /// A schedule of each hour, with the bench's endpoint.
    private static func schedule(
        _ bench: WorkspaceBench,
        overlap: Schedule.Overlap = .skip,
        catchUp: Schedule.CatchUp = .last
    ) throws -> Schedule {
        let start = WorkspaceBench.date
        return Schedule(
            name: "hourly",
            trigger: .recurrence(Recurrence(.hour), .init(start: start)),
            job: try bench.invocation(),
            overlap: overlap,
            catchUp: catchUp,
            createdAt: start,
            updatedAt: start
        )
    }

    @Test func `A run is made once at its time, with its job`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let saved = try await bench.workspace.save(Self.schedule(bench))
            #expect(saved.nextAt == WorkspaceBench.date.addingTimeInterval(3600))
            #expect(try await bench.workspace.takeDueRuns().runs.isEmpty)
            bench.clock.advance(by: 3600)
            let taken = try await bench.workspace.takeDueRuns()
            let run = try #require(taken.runs.first)
            #expect(taken.runs.count == 1)
            #expect(run.number == 1)
            #expect(run.outcome == .started)
            #expect(run.dueAt == WorkspaceBench.date.addingTimeInterval(3600))
            #expect(taken.nextAt == WorkspaceBench.date.addingTimeInterval(7200))
            #expect(try await bench.workspace.takeDueRuns().runs.isEmpty)
            let job = try await bench.workspace.job(try #require(run.job))
            #expect(job.displayName == "hourly-1")
            #expect(try await bench.workspace.scheduleRun(of: job.name) == run)
        }
    }

    @Test func `A clock that is set back repeats no time, and one that is set forward leaves none out`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            _ = try await bench.workspace.save(Self.schedule(bench, overlap: .queue, catchUp: .all))
            bench.clock.advance(by: 3 * 3600)
            let forward = try await bench.workspace.takeDueRuns().runs
            #expect(forward.map(\.outcome) == [.started, .waiting, .waiting])
            bench.clock.advance(by: -3 * 3600)
            #expect(try await bench.workspace.takeDueRuns().runs.isEmpty)
            bench.clock.advance(by: 3.5 * 3600)
            #expect(try await bench.workspace.takeDueRuns().runs.isEmpty)
            #expect(try await bench.workspace.runs(of: "hourly", limit: 10).map(\.number) == [3, 2, 1])
        }
    }

    @Test(arguments: 1...20)
    func `A clock that is set back and forth by hours gives each time one run`(_ seed: UInt64) async throws {
        var state = seed
        /// A number from 0 to 1 (SplitMix64), the same for the same seed.
        func chance() -> Double {
            state &+= 0x9e37_79b9_7f4a_7c15
            var value = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
            value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
            return Double((value ^ (value >> 31)) >> 11) / Double(1 << 53)
        }
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            _ = try await bench.workspace.save(Self.schedule(bench, overlap: .queue, catchUp: .all))
            var latest = WorkspaceBench.date
            for _ in 0..<40 {
                bench.clock.advance(by: (chance() - 0.4) * 12 * 3600)
                latest = max(latest, bench.clock.now)
                // An executor that was killed sees the same database.
                _ = try await Workspace(opening: bench.workspace.folder, now: { bench.clock.now }).takeDueRuns()
            }
            let hours = Int(latest.timeIntervalSince(WorkspaceBench.date) / 3600)
            let due = try await bench.workspace.runs(of: "hourly", limit: 1_000).map(\.dueAt).sorted()
            #expect(due == (1...hours).map { WorkspaceBench.date.addingTimeInterval(Double($0) * 3600) })
        }
    }

    @Test func `A time is skipped while the run before is not over`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            _ = try await bench.workspace.save(Self.schedule(bench))
            bench.clock.advance(by: 3600)
            let job = try #require(try await bench.workspace.takeDueRuns().runs.first?.job)
            bench.clock.advance(by: 3600)
            let skipped = try await bench.workspace.takeDueRuns().runs
            #expect(skipped.map(\.outcome) == [.skipped])
            #expect(skipped.first?.reason == "The run before was not over.")
            try await bench.move(job, through: .preparing, .running, .failed)
            bench.clock.advance(by: 3600)
            #expect(try await bench.workspace.takeDueRuns().runs.map(\.outcome) == [.started])
        }
    }

    @Test func `A run that waits starts when the one before is over`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            _ = try await bench.workspace.save(Self.schedule(bench, overlap: .queue))
            bench.clock.advance(by: 3600)
            let job = try #require(try await bench.workspace.takeDueRuns().runs.first?.job)
            bench.clock.advance(by: 3600)
            #expect(try await bench.workspace.takeDueRuns().runs.map(\.outcome) == [.waiting])
            #expect(try await bench.workspace.takeDueRuns().runs.isEmpty)
            try await bench.move(job, through: .preparing, .running, .failed)
            let started = try await bench.workspace.takeDueRuns().runs
            #expect(started.map(\.number) == [2])
            #expect(started.map(\.outcome) == [.started])
        }
    }

    @Test(
        arguments: [
            (Schedule.CatchUp.last, [ScheduleRun.Outcome.started], "It stands for 4 other times that passed before."),
            (.none, [.missed], "5 times passed while no executor ran; catch_up is none."),
        ]
    )
    func `Times that passed without an executor are caught up by the rule`(
        _ rule: Schedule.CatchUp,
        _ outcomes: [ScheduleRun.Outcome],
        _ reason: String
    ) async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            _ = try await bench.workspace.save(Self.schedule(bench, catchUp: rule))
            bench.clock.advance(by: 5.5 * 3600)
            let runs = try await bench.workspace.takeDueRuns().runs
            #expect(runs.map(\.outcome) == outcomes)
            #expect(runs.first?.reason == reason)
            #expect(runs.first?.dueAt == WorkspaceBench.date.addingTimeInterval(5 * 3600))
        }
    }

    @Test func `A schedule whose endpoint is deleted is disabled at once, with the reason`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            _ = try await bench.workspace.save(Self.schedule(bench))
            try await bench.workspace.deleteEndpoint("wine-batch")
            let schedule = try await bench.workspace.schedule("hourly")
            #expect(!schedule.isEnabled && schedule.nextAt == nil)
            #expect(schedule.disabledReason == "Endpoint 'wine-batch' was deleted.")
            bench.clock.advance(by: 3600)
            #expect(try await bench.workspace.takeDueRuns().runs.isEmpty)
        }
    }

    @Test func `A schedule whose deployment is gone is disabled with the reason`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            var made = try Self.schedule(bench)
            made.job.deploymentName = "mlflow"
            _ = try await bench.workspace.save(made)
            try await bench.workspace.deleteDeployment("mlflow", of: "wine-batch")
            bench.clock.advance(by: 3600)
            #expect(try await bench.workspace.takeDueRuns().runs.map(\.outcome) == [.failed])
            let schedule = try await bench.workspace.schedule("hourly")
            #expect(!schedule.isEnabled)
            #expect(schedule.disabledReason?.contains("mlflow") == true)
            #expect(try await !bench.workspace.hasEnabledSchedules())
        }
    }

    @Test func `Names that the second run would find taken are refused`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            var schedule = try Self.schedule(bench)
            schedule.job.jobName = "nightly"
            await #expect(throws: ValidationError.self) { try await bench.workspace.save(schedule) }
            schedule.job.jobName = "nightly-{date}-{n}"
            _ = try await bench.workspace.save(schedule)
            let run = try await bench.workspace.triggerSchedule("hourly")
            #expect(run.job == "nightly-2026-11-18-1")
            #expect(run.cause == .user)
        }
    }
}
