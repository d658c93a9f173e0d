import Foundation
import Glibc
import TestSupport
import Testing

/// Schedules with the real executor and the real clock.
struct ScheduleTests {
    @Test(.timeLimit(.minutes(5)))
    func `Each time has one job, though the executor is killed again and again`() async throws {
        try await Program.with { program in
            try program.makeTexts(files: 3, secondsEach: 0)
            // The first times of a recurrence of minutes are its start, and a minute later.
            let start = Date.now.addingTimeInterval(2)
            try write(
                """
                name: minutely
                trigger: {type: recurrence, frequency: minute, start_time: "\(start.formatted(.iso8601))"}
                create_job:
                  endpoint_name: texts
                  name: minutely-{n}
                  inputs: {input: {path: ./texts}}
                overlap: queue
                catch_up: all
                """,
                to: program.folder + "/minutely.yml"
            )
            _ = try program.succeed("schedule", "create", "-f", "minutely.yml")
            for run in 1...2 {
                // Killed before, at and after the time: any command starts the next executor, which catches up.
                let deadline = ContinuousClock.now + .seconds(100)
                while try Self.runs(in: program).count < run, ContinuousClock.now < deadline {
                    try Self.killExecutor(of: program)
                }
                _ = try program.succeed("job", "stream", "-n", "minutely-\(run)")
            }
            _ = try program.succeed("schedule", "disable", "-n", "minutely")
            let runs = try Self.runs(in: program)
            #expect(Array(runs.suffix(2)) == ["minutely-2", "minutely-1"])
            #expect(Set(runs).count == runs.count)
            for job in runs {
                #expect(try program.value("status", of: "job", "show", "-n", job) == "Completed")
            }
            let jobs = try program.succeed("job", "list", "--query", "[].name", "-o", "tsv").split(separator: "\n")
            #expect(jobs.map(String.init) == runs)
            _ = try program.succeed("schedule", "delete", "-n", "minutely", "--yes")
            #expect(try program.succeed("schedule", "list", "-o", "tsv").isEmpty)
        }
    }

    @Test func `A schedule is shown in words, started by hand, and refused with all that is wrong`() async throws {
        try await Program.with { program in
            try program.makeTexts(files: 1, secondsEach: 0)
            let create = ["schedule", "create", "-n", "nightly", "--endpoint", "texts", "--input", "./texts"]
            _ = try program.succeed(create + ["--cron", "0 2 * * *", "--time-zone", "Europe/Berlin"])
            let words = try program.value("batchstudio.trigger", of: "schedule", "show", "-n", "nightly")
            #expect(words == "daily 02:00 Europe/Berlin")
            let refused = try program.run(create + ["--cron", "0 25 * * *", "--time-zone", "Berlin"])
            #expect(refused.exitCode == 2, "\(refused.error)")
            #expect(refused.error.contains("has '25' in its hours") && refused.error.contains("Europe/Berlin?"))
            let run = try program.succeed("schedule", "trigger", "-n", "nightly", "--query", "job", "-o", "tsv")
            let job = run.trimmingCharacters(in: .newlines)
            _ = try program.succeed("job", "stream", "-n", job)
            #expect(try program.value("display_name", of: "job", "show", "-n", job) == "nightly-1")
            _ = try program.succeed("batch-endpoint", "delete", "-n", "texts", "--yes")
            let gone = try program.run("schedule", "trigger", "-n", "nightly")
            #expect(gone.exitCode == 1 && gone.error.contains("no endpoint named 'texts'"), "\(gone.error)")
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `A hook is carried out, though the executor is killed between the end of the job and its own`() async throws {
        try await Program.with { program in
            try program.makeTexts(files: 1, secondsEach: 0)
            let (starts, flag) = (program.folder + "/starts", program.folder + "/flag")
            let hook = "sh -c 'echo $BATCHSTUDIO_DELIVERY >> \(starts); while ! [ -e \(flag) ]; do sleep 0.05; done'"
            let invoke = ["batch-endpoint", "invoke", "-n", "texts", "--input", "./texts", "--on-success", hook]
            let job = try program.succeed(invoke + ["--query", "name", "-o", "tsv"]).trimmingCharacters(in: .newlines)
            func ids(_ count: Int) async throws -> [String] {
                try await wait(for: "\(count) starts of the hook") {
                    let lines = (try? String(contentsOfFile: starts, encoding: .utf8))?.split(separator: "\n") ?? []
                    return lines.count == count ? lines.map(String.init) : nil
                }
            }
            _ = try await ids(1)
            #expect(try program.value("status", of: "job", "show", "-n", job) == "Completed")
            try Self.killExecutor(of: program)
            // Any command starts the next one, for the hook alone.
            _ = try program.succeed("job", "show", "-n", job)
            let seen = try await ids(2)
            #expect(Set(seen).count == 1)
            try write("", to: flag)
            let query = "batchstudio.deliveries[0].[id, status, attempts] | join(' ', [[0], [1], to_string([2])])"
            let end = try await wait(for: "the end of the hook") {
                let words = try program.value(query, of: "job", "show", "-n", job)
                return words.contains("Pending") ? nil : words
            }
            #expect(end == "\(seen[0]) Delivered 2")
        }
    }

    private static func runs(in program: Program) throws -> [String] {
        let list = ["schedule", "list-runs", "-n", "minutely", "--query", "[].job", "-o", "tsv"]
        return try program.succeed(list).split(separator: "\n").map(String.init)
    }

    private static func killExecutor(of program: Program) throws {
        let status = try program.run("executor", "status", "--query", "pid", "-o", "tsv")
        if let pid = Int32(status.line) { kill(pid, SIGKILL) }
    }
}
