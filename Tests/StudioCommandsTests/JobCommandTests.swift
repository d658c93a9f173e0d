import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

struct JobCommandTests {
    private static func withJob(
        _ options: String = "",
        _ body: (CommandBench) async throws -> Void
    ) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            _ = await bench.run("batch-endpoint invoke -n wine-batch --input ./unlabeled --job-name night \(options)")
            try await body(bench)
        }
    }

    @Test func `shows a job`() async throws {
        try await Self.withJob { bench in
            try await bench.endJob()
            expectGolden(await bench.run("job show -n night").output, "job/show.json")
            #expect(await bench.run("job show --name night --query status -o tsv").output == "Completed\n")
            #expect(await bench.run("job show -n night --web --query name -o tsv").output == "night\n")
            let page = await bench.run("job show -n night --query services.Studio.endpoint -o tsv")
            #expect(page.output == "batchstudio://jobs/night\n")
        }
    }

    @Test func `lists jobs, the newest first`() async throws {
        try await Self.withJob("--display-name calm_night") { bench in
            try await bench.endJob(failing: "No file was scored.")
            _ = await bench.run(
                "batch-endpoint invoke -n wine-batch --input ./unlabeled --job-name morning --display-name calm_morning"
            )
            expectGolden(await bench.run("job list -o table").output, "job/list.txt")
            #expect(await bench.run("job list -r 1 --query [].name -o tsv").output == "morning\n")
            let failed = await bench.run([
                "job", "list", "--query", "[?status=='Failed'].batchstudio.cause", "-o", "tsv",
            ])
            #expect(failed.output == "No file was scored.\n")
            #expect(await bench.run("job list -p night").output == "[]\n")
        }
    }

    @Test func `watches the list until no job runs`() async throws {
        try await Self.withJob { bench in
            async let watched = bench.run("job list --watch --query [].status -o tsv")
            try await bench.endJob()
            let answer = await watched
            #expect(answer.exitCode == 0 && answer.output.hasSuffix("Completed\n\n"))
        }
    }

    @Test func `streams the log of a job that has ended`() async throws {
        try await Self.withJob { bench in
            try await bench.endJob()
            let answer = await bench.run("job stream -n night")
            #expect(answer.exitCode == 0)
            expectGolden(answer.output, "job/stream.txt")
        }
    }

    @Test(arguments: [(true, 1), (false, 1), (false, 2)])
    func `streams what workers print, and the worker where there are several`(
        isTerminal: Bool,
        workers: Int
    ) async throws {
        try await Self.withJob("--max-concurrency-per-instance \(workers)") { bench in
            var bench = bench
            let folder = bench.workspaceFolder.job("night")
            try write("by one\n", to: folder.workerOutput + "/process001.stdout.txt")
            try write("by\ntwo", to: folder.workerErrors + "/process002.stderr.txt")
            try await bench.endJob()
            bench.isTerminal = isTerminal
            let lines = await bench.run("job stream -n night").output.split(separator: "\n").map(String.init)
            let showsWorkers = isTerminal || workers > 1
            #expect(lines.contains(showsWorkers ? "[worker 1] by one" : "by one"))
            #expect(lines.contains(showsWorkers ? "[worker 2 err] two" : "two"))
            #expect(lines.contains("10:00 INFO Scoring."))
            let hidden = await bench.run("job stream -n night --no-user-logs").output
            #expect(!hidden.contains("by one") && hidden.contains("10:00 INFO Scoring."))
        }
    }

    @Test func `ends with 1 and the cause when the job has failed`() async throws {
        try await Self.withJob { bench in
            try await bench.endJob(failing: "No file was scored.")
            let answer = await bench.run("job stream -n night")
            #expect(answer.exitCode == 1)
            expectMessage(answer.error, "job/failed")
            expectGolden(answer.output, "job/stream-failed.txt")
        }
    }

    @Test func `advises a new job where the check of the input failed, for resuming fails again`() async throws {
        try await Self.withJob { bench in
            try await bench.endJob(failing: "2 of 2 files checked \(Job.checkFailed) a.csv: column 'ash' is missing")
            let answer = await bench.run("job stream -n night")
            expectGolden(answer.output, "job/stream-check-failed.txt")
            #expect(!answer.output.contains("job resume"))
            #expect(answer.output.count { $0 == "'" } == 2, "The cause stands once.")
        }
    }

    @Test func `names the files that failed, with their reasons`() async throws {
        try await Self.withJob { bench in
            let failures = (1...7).map {
                FileFailure(file: "\($0).csv", miniBatch: 0, type: "ValueError", message: "bad\nmore", attempt: 1)
            }
            let record = MiniBatchRecord(
                id: 0,
                outcome: .failed,
                attempts: 3,
                files: 7,
                startedAt: CommandBench.now,
                seconds: 1,
                pid: 1,
                failures: failures
            )
            let workspace = try bench.workspace()
            for state in [JobState.preparing, .running] { try await workspace.setState(of: "night", to: state) }
            try await workspace.setPlan(of: "night", files: 7, miniBatches: 1)
            _ = try await workspace.journal([record], of: "night")
            try await workspace.setState(of: "night", to: .failed, cause: "All files failed.")
            expectGolden(await bench.run("job stream -n night").output, "job/stream-failures.txt")
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `follows a job that is running`() async throws {
        try await Self.withJob { bench in
            async let answer = bench.run("job stream -n night")
            try await bench.endJob()
            #expect(await answer.exitCode == 0)
            expectGolden(await answer.output, "job/stream.txt")
        }
    }

    @Test func `cancels a job, and has an executor carry it out`() async throws {
        try await Self.withJob { bench in
            let before = bench.executorStarts
            let answer = await bench.run("job cancel -n night --query status -o tsv")
            #expect(answer.output == "CancelRequested\n")
            #expect(bench.executorStarts > before)
        }
    }

    @Test func `downloads the output where Azure puts it`() async throws {
        try await Self.withJob { bench in
            try await bench.endJob()
            let answer = await bench.run("job download --name night --output-name score --download-path .")
            expectGolden(answer.narrowTable, "job/download.txt")
            let file = bench.folder + "/named-outputs/score/predictions.csv"
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "0,class_1,a.csv\n0,class_2,b.csv\n")
            #expect(await bench.run("job download -n night --output-name score -p .") == answer)
        }
    }

    @Test func `says when the output of a Completed job is gone`() async throws {
        try await Self.withJob { bench in
            try await bench.endJob()
            let file = try await bench.workspace().job("night").specification.output.file
            try FileManager.default.removeItem(atPath: try #require(file))
            for command in ["download", "download --output-name score", "outputs"] {
                let answer = await bench.run("job \(command) -n night")
                #expect(answer.exitCode == 1, "\(command)")
                expectMessage(answer.error, "job/output-gone of \(command)")
            }
            let all = await bench.run("job download -n night --all -p ./all")
            #expect(all.exitCode == 0)
            expectMessage(all.error, "job/output-gone-of-all")
        }
    }

    @Test func `lists the newest 50 jobs of an endpoint, and all when told to`() async throws {
        try await Self.withJob { bench in
            for number in 0..<60 {
                let flags = "--input ./unlabeled --job-name job-\(number)"
                _ = await bench.run("batch-endpoint invoke -n wine-batch -o none \(flags)")
            }
            for list in [
                "batch-endpoint list-jobs -n wine-batch",
                "batch-deployment list-jobs -e wine-batch -n wine-mlflow",
            ] {
                let answer = await bench.run("\(list) --query [].name -o tsv")
                #expect(answer.output.split(separator: "\n").count == 50 && answer.output.hasPrefix("job-59\n"))
                expectMessage(answer.error, "job/newest-50")
                let few = await bench.run("\(list) --max-results 2 --query [].name -o tsv")
                #expect(few == .init(output: "job-59\njob-58\n", error: "", exitCode: 0))
                let all = await bench.run("\(list) --all-results --query length(@)")
                #expect(all == .init(output: "61\n", error: "", exitCode: 0))
            }
        }
    }

    @Test func `downloads the logs too`() async throws {
        try await Self.withJob { bench in
            try await bench.endJob()
            let answer = await bench.run("job download -n night --all -p ./all --query [].path -o tsv")
            expectGolden(answer.output, "job/download-all.txt")
        }
    }

    @Test func `overwrites no file unless told to`() async throws {
        try await Self.withJob { bench in
            try await bench.endJob()
            let file = bench.folder + "/named-outputs/score/predictions.csv"
            try write("precious", to: file)
            let answer = await bench.run("job download -n night --output-name score -p .")
            #expect(answer.exitCode == 1)
            expectMessage(answer.error, "job/download-exists")
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "precious")
            #expect(await bench.run("job download -n night --output-name score -p . --overwrite").exitCode == 0)
            #expect(try String(contentsOfFile: file, encoding: .utf8) != "precious")
        }
    }

    @Test func `downloads nothing before the end`() async throws {
        try await Self.withJob { bench in
            let answer = await bench.run("job download -n night --output-name score -p .")
            #expect(answer.exitCode == 1)
            expectMessage(answer.error, "job/download-early")
        }
    }

    @Test func `shows the output's files and first rows`() async throws {
        try await Self.withJob { bench in
            try await bench.endJob()
            expectGolden(await bench.run("job outputs -n night").narrowTable, "job/outputs.txt")
            expectGolden(await bench.run("job outputs -n night -o json --rows 1").output, "job/outputs.json")
        }
    }

    @Test func `shows a job's profile`() async throws {
        try await Self.withJob { bench in
            let early = await bench.run("job profile -n night")
            #expect(early.exitCode == 1)
            expectMessage(early.error, "job/profile-early")
            try await bench.endJob()
            let none = await bench.run("job profile -n night")
            #expect(none.exitCode == 1)
            expectMessage(none.error, "job/profile-missing")
            try Profile.sample.write(to: bench.workspaceFolder.job("night").profile)
            expectGolden(await bench.run("job profile -n night").output, "job/profile.txt")
            expectGolden(await bench.run("job profile -n night --column prediction").output, "job/profile-column.txt")
            let wrong = await bench.run("job profile -n night --column class")
            #expect(wrong.exitCode == 2)
            expectMessage(wrong.error, "job/profile-column")
        }
    }

    @Test func `prints a job's profile as JSON that is read again, with bins when asked`() async throws {
        try await Self.withJob { bench in
            try await bench.endJob()
            try Profile.sample.write(to: bench.workspaceFolder.job("night").profile)
            let whole = await bench.run("job profile -n night -o json --bins").output
            let profile = try JSONDecoder().decode(Profile.self, from: Data(whole.utf8))
            #expect(profile.column("confidence")?.numbers?.bins == Profile.sample.columns[1].numbers?.bins)
            let short = await bench.run("job profile -n night -o json --query columns[1].numbers.bins").output
            #expect(short.isEmpty)
        }
    }

    @Test func `deletes a job that has ended, and says where its output stays`() async throws {
        try await Self.withJob { bench in
            let early = await bench.run("job delete -n night --yes")
            #expect(early.exitCode == 1)
            expectMessage(early.error, "delete/early-job")
            try await bench.endJob()
            let output = try await bench.workspace().job("night").specification.output
            let silent = await bench.run("job delete -n night")
            #expect(silent.error.contains("/night/score stays"))
            #expect(await bench.run("job delete -n night --yes").error == "")
            #expect(await bench.run("job show -n night").exitCode == 1)
            #expect(try String(contentsOfFile: #require(output.file), encoding: .utf8) != "")
        }
    }
}
