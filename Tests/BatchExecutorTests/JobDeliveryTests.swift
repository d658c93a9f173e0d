import BatchDomain
import BatchWorkspace
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import BatchExecutor

/// Hooks of jobs with real commands and a real web server.
struct JobDeliveryTests {
    private static let script = """
        import os
        def init(): pass
        def run(mini_batch):
            if any(path.endswith("00001.txt") for path in mini_batch): raise ValueError("this file is bad")
            return [os.path.basename(path) for path in mini_batch]
        """

    /// A message that a server has received.
    private struct Message: Decodable {
        var headers: [String: String]
        var body: String
    }

    private static func submit(
        _ hooks: [JobHook],
        secrets: [String: String]? = nil,
        files: Int = 1,
        in bench: JobBench
    ) async throws -> Job {
        var invocation = Invocation(endpointName: "bench", input: .local(try bench.makeInput(files: files)))
        invocation.overrides = bench.overrides { $0.maxRetries = 1 }
        invocation.hooks = hooks
        invocation.hookSecrets = secrets
        let job = try await bench.workspace.invoke(invocation)
        await bench.executor.wake()
        return try await bench.end(of: job.name)
    }

    private static func ended(_ job: Job, in bench: JobBench) async throws -> [Delivery] {
        try await wait(for: "the deliveries of job \(job.name)") {
            let deliveries = try await bench.workspace.deliveries(of: job.name)
            return deliveries.allSatisfy { $0.state != .pending } ? deliveries : nil
        }
    }

    private static func command(_ code: String, _ event: JobHook.Event = .success, timeout: Int = 60) -> JobHook {
        JobHook(event, .command(arguments: ["sh", "-c", code], timeout: timeout))
    }

    @Test(.timeLimit(.minutes(2)))
    func `A command knows the job, and what it prints is in the job's log`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let code =
                #"echo "$BATCHSTUDIO_JOB $BATCHSTUDIO_STATUS $BATCHSTUDIO_FAILED_FILES"; cat "$BATCHSTUDIO_OUTPUT""#
            let job = try await Self.submit([Self.command(code), Self.command("exit 3", .failure)], in: bench)
            let deliveries = try await Self.ended(job, in: bench)
            #expect(deliveries.map(\.result) == ["exited with code 0"])
            let log = try await wait(for: "the log") {
                let log = try bench.log(of: job)
                return log.contains("Delivered") ? log : nil
            }
            #expect(log.contains("on_success: \(job.name) Completed 0\n"))
            #expect(log.contains("on_success: 00000.txt"))
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `A command that fails, hangs or prints without end is stopped, and the reason is shown`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let hooks = [
                Self.command("exit 3"), Self.command("sleep 300", timeout: 1), Self.command("yes", timeout: 1),
                JobHook(.success, .command(arguments: ["no-such-program"], timeout: 1)),
                Self.command("echo some failed", .failedFiles),
            ]
            let job = try await Self.submit(hooks, files: 2, in: bench)
            let deliveries = try await Self.ended(job, in: bench)
            let results = Dictionary(grouping: deliveries, by: { $0.result ?? "" }).mapValues(\.count)
            #expect(
                results == [
                    "exited with code 3": 1, "it was stopped after 1 second": 2,
                    "there is no program no-such-program": 1,
                    "exited with code 0": 1,
                ]
            )
            #expect(try bench.log(of: job).utf8.count < 1 << 20)
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `A webhook is signed, and sent again with the same id until the server takes it`() async throws {
        let shift = Mutex(0.0)
        try await LoopbackServer.withHooks { server in
            try write("[503, 200]", to: server.folder + "/statuses.json")
            let now: @Sendable () -> Date = { Date().addingTimeInterval(shift.withLock { $0 }) }
            try await JobBench.with(script: Self.script, now: now) { bench in
                let webhook = Webhook(url: server.url + "/wine", secret: .variable("HOOK_KEY"))
                let job = try await Self.submit(
                    [JobHook(.success, .webhook(webhook))],
                    secrets: ["HOOK_KEY": "planted-1"],
                    in: bench
                )
                _ = try await wait(for: "the first attempt") {
                    try await bench.workspace.deliveries(of: job.name).first?.result
                }
                shift.withLock { $0 = 60 }
                await bench.executor.wake()
                let delivery = try #require(try await Self.ended(job, in: bench).first)
                #expect(delivery.state == .delivered && delivery.attempts == 2 && delivery.result == "HTTP 200")
                let messages = try server.requests().map {
                    try JSONDecoder().decode(Message.self, from: Data($0.utf8))
                }
                #expect(messages.map { $0.headers["x-batchstudio-delivery"] } == [delivery.id, delivery.id])
                let last = try #require(messages.last)
                let timestamp = try #require(last.headers["x-batchstudio-timestamp"])
                let signature = WebhookSignature.header(of: last.body, at: timestamp, key: "planted-1")
                #expect(last.headers["x-batchstudio-signature"] == signature)
                #expect(last.body.contains("\"name\":\"\(job.name)\"") && last.body.contains("\"failed_files\":0"))
                #expect(!(try bench.log(of: job)).contains("planted-1"))
            }
        }
    }

    @Test(.timeLimit(.minutes(2)), arguments: [404, 302])
    func `A server that refuses a message is not asked again, and no redirect is followed`(_ status: Int) async throws {
        try await LoopbackServer.withHooks { server in
            try write("[\(status)]", to: server.folder + "/statuses.json")
            try await JobBench.with(script: Self.script) { bench in
                let job = try await Self.submit([JobHook(.success, .webhook(Webhook(url: server.url)))], in: bench)
                let delivery = try #require(try await Self.ended(job, in: bench).first)
                #expect(delivery.state == .failed && delivery.result == "HTTP \(status)")
                #expect(server.requests().count == 1)
            }
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `A schedule's older jobs go when a run has ended, but not one whose failed files another job has scored`()
        async throws
    {
        try await JobBench.with(script: Self.script) { bench in
            var invocation = Invocation(endpointName: "bench", input: .local(try bench.makeInput(files: 2)))
            invocation.overrides = bench.overrides { $0.maxRetries = 1 }
            let now = Date()
            let schedule = Schedule(
                name: "hourly",
                trigger: .recurrence(Recurrence(.hour), .init(start: now)),
                job: invocation,
                keep: Retention(runs: 1, outputs: true),
                createdAt: now,
                updatedAt: now
            )
            _ = try await bench.workspace.save(schedule)
            var jobs: [Job] = []
            for number in 0..<3 {
                let name = try #require(try await bench.workspace.triggerSchedule("hourly").job)
                await bench.executor.wake()
                jobs.append(try await bench.end(of: name))
                guard number == 0 else { continue }
                let retry = try await bench.workspace.retryFailed(RetryDraft(jobName: name))
                await bench.executor.wake()
                _ = try await bench.end(of: retry.name)
            }
            _ = try await wait(for: "the second job to be deleted") {
                (try? await bench.workspace.job(jobs[1].name)) == nil ? true : nil
            }
            #expect(jobs.map(\.state) == [.completed, .completed, .completed])
            _ = try await bench.workspace.job(jobs[0].name)
            let files = jobs.compactMap(\.specification.output.file)
            #expect(files.map(FileManager.default.fileExists) == [true, false, true])
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `A command that the executor's end has stopped is run again, and holds up no job`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let code = "echo start >> '\(bench.folder)/starts'; while ! [ -e '\(bench.flag)' ]; do sleep 0.05; done"
            let job = try await Self.submit([Self.command(code)], in: bench)
            func starts(_ count: Int) async throws {
                _ = try await wait(for: "\(count) starts") {
                    let text = try? String(contentsOfFile: bench.folder + "/starts", encoding: .utf8)
                    return text?.split(separator: "\n").count == count ? true : nil
                }
            }
            try await starts(1)
            let other = try await Self.submit([], in: bench)
            #expect(other.state == .completed)
            try await bench.executor.stop()
            #expect(try await bench.workspace.hasPendingDeliveries())
            try await bench.executor.start()
            try await starts(2)
            try bench.raiseFlag()
            #expect(try await Self.ended(job, in: bench).map(\.state) == [.delivered])
        }
    }
}
