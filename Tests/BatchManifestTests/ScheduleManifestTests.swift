import BatchDomain
import BatchManifest
import Foundation
import TestSupport
import Testing

struct ScheduleManifestTests {
    static let surroundings = ScheduleManifest.Surroundings(
        now: someDate,
        timeZones: TimeZone.knownTimeZoneIdentifiers
    )

    private func read(_ name: String) throws -> Schedule {
        try ScheduleManifest.read(Fixture("schedules/\(name).yml").document, Self.surroundings)
    }

    @Test func `A cron schedule of Azure's form is read`() throws {
        let schedule = try read("cron")
        #expect(schedule.name == "nightly")
        #expect(schedule.trigger.words == "Mon–Fri 02:00 W. Europe Standard Time")
        let midnight = try Date("2026-11-30T23:00:00Z", strategy: .iso8601)
        #expect(schedule.trigger.next(after: midnight) == midnight.addingTimeInterval(2 * 3600))
        // The start's clock is the trigger's.
        #expect(schedule.trigger.next(after: .distantPast) == midnight.addingTimeInterval(2 * 3600))
        #expect(schedule.job.jobName == "nightly-{date}")
        #expect(schedule.job.deploymentName == "wine-mlflow")
        #expect(schedule.job.overrides.miniBatchSize == 20)
        #expect(schedule.overlap == .queue)
        #expect(schedule.catchUp == .all)
    }

    @Test func `A recurrence takes its job from a file beside it`() throws {
        let schedule = try read("recurrence")
        guard case .recurrence(let recurrence, let hours) = schedule.trigger else {
            Issue.record("no recurrence: \(schedule.trigger)")
            return
        }
        let pattern = Recurrence.Pattern(hours: [4, 16], minutes: [30], weekDays: [1, 4])
        #expect(recurrence == Recurrence(.week, interval: 2, pattern: pattern))
        #expect(hours.start == someDate)
        #expect(hours.end == (try Date("2027-12-01T00:00:00Z", strategy: .iso8601)))
        #expect(schedule.job.endpointName == "wine-batch")
        #expect(schedule.job.displayName == "Week {n}")
        #expect(schedule.isEnabled)
    }

    @Test func `Arriving files have spans of time, and their jobs score what is new`() throws {
        let schedule = try read("arrival")
        guard case .arrival(let rule) = schedule.trigger else {
            Issue.record("no arrival: \(schedule.trigger)")
            return
        }
        #expect(rule.poll == 120 && rule.settle == 30 && rule.collect == 0)
        #expect(rule.timeZone.description == "Europe/Berlin")
        #expect(schedule.trigger.next(after: .distantPast) == nil)
        #expect(schedule.invocation.isNewOnly == true)
        #expect(schedule.invocation.settle == 30)
    }

    @Test func `Spans of arriving files mean nothing for a trigger with times`() throws {
        let yaml = """
            name: nightly
            trigger: {type: cron, expression: '0 2 * * *', settle: 5s}
            create_job: {endpoint_name: wine-batch, inputs: {input: {path: ./in}}}
            """
        let found = problems {
            try ScheduleManifest.read(YAMLDocument(text: yaml, file: "s.yml"), Self.surroundings)
        }
        #expect(found.map(\.field) == ["trigger.settle"])
    }

    @Test func `Hooks of the job and what is kept are read`() throws {
        let schedule = try read("recurrence")
        let folder = Fixture.folder + "/schedules"
        #expect(schedule.keep == Retention(runs: 30, days: 90, outputs: true))
        #expect(
            schedule.job.hooks == [
                JobHook(.success, .command(arguments: [folder + "/publish.sh", "--to", "prod"], timeout: 60)),
                JobHook(.failure, .command(arguments: ["notify", "wine team"], timeout: 600)),
                JobHook(
                    .failure,
                    .webhook(Webhook(url: "https://example.org/hooks/wine", secret: .variable("WINE_HOOK")))
                ),
                JobHook(
                    .failedFiles,
                    .webhook(Webhook(url: "http://localhost:8080/hook?token=abc", secret: .file(folder + "/hook.key")))
                ),
            ]
        )
    }

    @Test func `All problems of hooks are found, and no secret is repeated`() throws {
        let yaml = """
            endpoint_name: wine-batch
            inputs: {input: {path: azureml:wine@latest}}
            on_success: {command: "'a", timeout: 0, shell: true}
            on_failure: {webhook: {url: ftp://x, secret: planted}}
            on_failed_files: {timeout: 5}
            """
        let found = problems { try JobManifest.read(YAMLDocument(text: yaml, file: "job.yml")) }
        #expect(
            Set(found.map(\.field)) == [
                "on_success.command", "on_success.timeout", "on_success.shell", "on_failure.webhook.url",
                "on_failure.webhook.secret", "on_failed_files",
            ]
        )
        #expect(!"\(found)".contains("planted"))
    }

    @Test(arguments: ["cron", "recurrence", "arrival"])
    func `A printed schedule makes the same one`(_ name: String) throws {
        let schedule = try read(name)
        let printed = YAMLDocument(ManifestValue(schedule))
        #expect(try ScheduleManifest.read(printed, Self.surroundings) == schedule)
    }

    @Test func `A job of a file that is not there is a problem of its key`() throws {
        let yaml = "name: nightly\ntrigger: {type: cron, expression: '0 2 * * *'}\ncreate_job: ./missing.yml\n"
        let found = problems {
            try ScheduleManifest.read(YAMLDocument(text: yaml, file: "s.yml"), Self.surroundings)
        }
        #expect(found.map(\.field) == ["create_job"])
    }
}
