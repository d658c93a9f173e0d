import BatchDomain
import BatchWorkspace
import Foundation
import Glibc
import TestSupport
import Testing

struct RetentionJobTests {
    /// A schedule that keeps one job, with jobs that have failed, the newest last.
    private static func with(
        _ keep: Retention = Retention(runs: 1),
        jobs: Int = 3,
        hooks: [JobHook]? = nil,
        _ body: (WorkspaceBench, [String]) async throws -> Void
    ) async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            var invocation = try bench.invocation()
            invocation.hooks = hooks
            let schedule = Schedule(
                name: "hourly",
                trigger: .recurrence(Recurrence(.hour), .init(start: WorkspaceBench.date)),
                job: invocation,
                keep: keep,
                createdAt: WorkspaceBench.date,
                updatedAt: WorkspaceBench.date
            )
            _ = try await bench.workspace.save(schedule)
            var names: [String] = []
            for _ in 0..<jobs { names.append(try #require(try await bench.workspace.triggerSchedule("hourly").job)) }
            try await body(bench, names)
        }
    }

    @Test func `Older jobs are deleted with their folders; one that runs and jobs of users stay`() async throws {
        try await Self.with { bench, jobs in
            let other = try await bench.invoke()
            try await bench.move(other.name, through: .preparing, .running, .failed)
            try await bench.move(jobs[0], through: .preparing, .running, .failed)
            try await bench.move(jobs[2], through: .preparing, .running, .failed)
            #expect(try await bench.workspace.retireJobs().map(\.job) == [jobs[0]])
            #expect(try await Set(bench.workspace.jobs().map(\.name)) == [jobs[1], jobs[2], other.name])
            #expect(!FileManager.default.fileExists(atPath: bench.workspace.folder.job(jobs[0]).path))
            // The history says what there was.
            #expect(try await bench.workspace.runs(of: "hourly", limit: 9).map(\.job) == jobs.reversed())
        }
    }

    @Test func `A job whose hooks are not done stays until they are`() async throws {
        let hook = JobHook(.success, .command(arguments: ["true"], timeout: 5))
        try await Self.with(jobs: 2, hooks: [hook]) { bench, jobs in
            for job in jobs { try await bench.move(job, through: .preparing, .running, .finalizing, .completed) }
            #expect(try await bench.workspace.retireJobs().isEmpty)
            for delivery in try await bench.workspace.takeDueDeliveries(limit: 4).taken {
                _ = try await bench.workspace.record(.delivered("exited with code 0"), of: delivery.id)
            }
            #expect(try await bench.workspace.retireJobs().map(\.job) == [jobs[0]])
        }
    }

    @Test func `The baseline of an endpoint stays`() async throws {
        try await Self.with(jobs: 4) { bench, jobs in
            for job in jobs { try await bench.move(job, through: .preparing, .running, .finalizing, .completed) }
            try write("{}", to: bench.workspace.folder.job(jobs[0]).profile)
            _ = try await bench.workspace.setBaseline(jobs[0], of: "wine-batch")
            #expect(try await bench.workspace.retireJobs().map(\.job) == [jobs[2], jobs[1]])
            #expect(try await bench.workspace.retireJobs().isEmpty)
            _ = try await bench.workspace.setBaseline(nil, of: "wine-batch")
            #expect(try await bench.workspace.retireJobs().map(\.job) == [jobs[0]])
        }
    }

    private static func identity(of file: String) -> String {
        var status = stat()
        return lstat(file, &status) == 0 ? OutputIdentity.text(of: status) : ""
    }

    @Test func `Only with outputs the output goes, and only the file that the job has written`() async throws {
        try await Self.with(Retention(runs: 1, outputs: true), jobs: 3) { bench, jobs in
            var files: [String] = []
            for name in jobs {
                let job = try await bench.workspace.job(name)
                let file = try #require(job.specification.output.file)
                try write("1,2\n", to: file)
                try write(Self.identity(of: file), to: bench.workspace.folder.job(name).outputIdentity)
                files.append(file)
                try await bench.move(name, through: .preparing, .running, .finalizing, .completed)
            }
            // A user has put another file in the first one's place, and one beside the second.
            try write("mine\n", to: files[0])
            let beside = (files[1] as NSString).deletingLastPathComponent + "/notes.txt"
            try write("mine\n", to: beside)
            #expect(try await bench.workspace.retireJobs().count == 2)
            #expect(FileManager.default.fileExists(atPath: files[0]))
            #expect(!FileManager.default.fileExists(atPath: files[1]))
            #expect(FileManager.default.fileExists(atPath: beside))
            #expect(FileManager.default.fileExists(atPath: files[2]))
        }
    }
}
