import BatchDomain
import BatchWorkspace
import Foundation
import Testing

struct ScheduleOverviewTests {
    private static func schedule(_ name: String, _ bench: WorkspaceBench) throws -> Schedule {
        let start = WorkspaceBench.date
        return Schedule(
            name: name,
            trigger: .recurrence(Recurrence(.hour), .init(start: start)),
            job: try bench.invocation(),
            createdAt: start,
            updatedAt: start
        )
    }

    @Test func `Schedules are listed with their last run and its job`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            for name in ["hourly", "idle"] { _ = try await bench.workspace.save(Self.schedule(name, bench)) }
            _ = try await bench.workspace.setEnabled(false, schedule: "idle")
            bench.clock.advance(by: 3600)
            let job = try #require(try await bench.workspace.takeDueRuns().runs.first?.job)
            let listed = try await bench.workspace.scheduleOverviews()
            #expect(listed.map(\.schedule.name) == ["hourly", "idle"])
            #expect(listed.map { $0.lastRun?.job?.name } == [job, nil])
            #expect(listed.first?.lastRun?.label == "… Queued")
            bench.clock.advance(by: 3600)
            _ = try await bench.workspace.takeDueRuns()
            #expect(try await bench.workspace.scheduleOverviews().first?.lastRun?.label == "– Skipped")
            try await bench.move(job, through: .preparing, .running, .failed)
            let runs = try await bench.workspace.runOverviews(of: "hourly", limit: 10)
            #expect(runs.map(\.run.number) == [2, 1])
            #expect(runs.map(\.glyph) == ["–", "✗"])
            try await bench.workspace.deleteJob(job)
            let last = try await bench.workspace.runOverviews(of: "hourly", limit: 10).last
            #expect(last?.words == "Job deleted")
        }
    }
}
