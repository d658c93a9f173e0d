import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

struct DeliveryTests {
    private static let hooks = [
        JobHook(.success, .command(arguments: ["true"], timeout: 5)),
        JobHook(.failure, .webhook(Webhook(url: "https://example.org/hook", secret: .variable("HOOK_KEY")))),
    ]

    /// A job with hooks that has failed, with its one delivery.
    private static func withFailedJob(_ body: (WorkspaceBench, Job) async throws -> Void) async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke {
                $0.hooks = hooks
                $0.hookSecrets = ["HOOK_KEY": "planted-5d1c", "OTHER": "planted-77"]
            }
            try await bench.move(job.name, through: .preparing, .running, .failed)
            try await body(bench, job)
        }
    }

    @Test func `The end of a job makes the deliveries of its hooks, each due at once and taken once`() async throws {
        try await Self.withFailedJob { bench, job in
            let (taken, nextAt) = try await bench.workspace.takeDueDeliveries(limit: 4)
            #expect(nextAt == nil)
            #expect(taken.map(\.event) == [.failure])
            #expect(taken.first?.attempts == 1)
            #expect(taken.first?.message.variables["BATCHSTUDIO_STATUS"] == "Failed")
            #expect(try await bench.workspace.takeDueDeliveries(limit: 4).taken.isEmpty)
            #expect(try await bench.workspace.hasPendingDeliveries())
        }
    }

    @Test func `A refused delivery comes again later, and fails after its last attempt`() async throws {
        try await Self.withFailedJob { bench, job in
            var attempts = 0
            while let delivery = try await bench.workspace.takeDueDeliveries(limit: 4).taken.first {
                attempts += 1
                let ended = try await bench.workspace.record(.refused("HTTP 503"), of: delivery.id)
                guard let due = ended?.dueAt else { break }
                #expect(try await bench.workspace.takeDueDeliveries(limit: 4).taken.isEmpty)
                bench.clock.advance(by: due.timeIntervalSince(bench.clock.now))
            }
            #expect(attempts == 10)
            let ended = try #require(try await bench.workspace.deliveries(of: job.name).first)
            #expect(ended.state == .failed && ended.attempts == 10 && ended.result == "HTTP 503")
            #expect(try await !bench.workspace.hasPendingDeliveries())
        }
    }

    @Test func `What a dead executor was delivering is due again; a clock set back delays nothing for long`()
        async throws
    {
        try await Self.withFailedJob { bench, job in
            let first = try #require(try await bench.workspace.takeDueDeliveries(limit: 4).taken.first)
            try await bench.workspace.requeueInterruptedDeliveries()
            let second = try #require(try await bench.workspace.takeDueDeliveries(limit: 4).taken.first)
            #expect(second.id == first.id && second.attempts == 2)
            _ = try await bench.workspace.record(.refused("HTTP 500"), of: second.id)
            bench.clock.advance(by: -48 * 3600)
            #expect(try await bench.workspace.takeDueDeliveries(limit: 4).taken.map(\.id) == [first.id])
        }
    }

    @Test func `An attempt that the executor has ended itself does not count`() async throws {
        try await Self.withFailedJob { bench, job in
            let first = try #require(try await bench.workspace.takeDueDeliveries(limit: 4).taken.first)
            try await bench.workspace.putBack(first)
            #expect(try await bench.workspace.takeDueDeliveries(limit: 4).taken.map(\.attempts) == [1])
        }
    }

    @Test func `A secret is kept apart from the database, and only those that sign`() async throws {
        try await Self.withFailedJob { bench, job in
            let webhook = Webhook(url: "https://example.org/hook", secret: .variable("HOOK_KEY"))
            #expect(try bench.workspace.key(of: webhook, job: job.name) == "planted-5d1c")
            let folder = bench.workspace.folder.path
            for name in try FileManager.default.contentsOfDirectory(atPath: folder)
            where name.hasPrefix("studio.sqlite") {
                let data = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
                #expect(data.range(of: Data("planted-".utf8)) == nil, "\(name)")
            }
            let kept = FileManager.default.contents(atPath: folder + "/secrets/job.\(job.name).json") ?? Data()
            #expect(kept.range(of: Data("planted-77".utf8)) == nil)
            try await bench.workspace.deleteJob(job.name)
            #expect(try await bench.workspace.takeDueDeliveries(limit: 4).taken.isEmpty)
            #expect(throws: StudioError.self) { try bench.workspace.key(of: webhook, job: job.name) }
        }
    }

    @Test func `A program and a file that are not there are refused, all at once`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let webhook = Webhook(url: "https://example.org", secret: .file("/no/such/key"))
            let hooks =
                [
                    JobHook(.success, .command(arguments: ["/no/such/program"], timeout: 1)),
                    JobHook(.failure, .webhook(webhook)),
                ] + Self.hooks
            do {
                _ = try await bench.invoke { $0.hooks = hooks }
                Issue.record("It was not refused.")
            } catch let error as ValidationError {
                let fields = error.problems.map(\.field)
                #expect(fields == ["on_success.command", "on_failure.webhook.secret", "webhook.secret"])
            }
        }
    }

    @Test func `A secret that is not set is refused, for jobs and for schedules`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            await #expect(throws: ValidationError.self) { try await bench.invoke { $0.hooks = Self.hooks } }
            var invocation = try bench.invocation()
            invocation.hooks = Self.hooks
            var schedule = Schedule(
                name: "hourly",
                trigger: .recurrence(Recurrence(.hour), .init(start: WorkspaceBench.date)),
                job: invocation,
                createdAt: WorkspaceBench.date,
                updatedAt: WorkspaceBench.date
            )
            await #expect(throws: ValidationError.self) { try await bench.workspace.save(schedule) }
            schedule.job.hookSecrets = ["HOOK_KEY": "planted-5d1c"]
            let saved = try await bench.workspace.save(schedule)
            #expect(saved.job.hookSecrets == nil)
            // A change of something else keeps it.
            schedule.job.hookSecrets = nil
            _ = try await bench.workspace.save(schedule)
            let run = try await bench.workspace.triggerSchedule("hourly")
            let webhook = Webhook(url: "https://example.org/hook", secret: .variable("HOOK_KEY"))
            #expect(try bench.workspace.key(of: webhook, job: try #require(run.job)) == "planted-5d1c")
        }
    }
}
