import Foundation
import Glibc
import TestSupport
import Testing

/// Large files that several workers score in parts.
@Suite(.serialized)
struct SplitFileTests {
    private static let deployment = """
        name: wine-mlflow
        type: model
        model: azureml:wine@latest
        compute: azureml:local
        settings:
          max_concurrency_per_instance: 2
          mini_batch_size: 10
        """

    /// Trains a model, deploys it and writes input files, the large ones with so many rows.
    private static func deploy(_ model: String, rows: Int, in program: Program) throws {
        let script = Repository.folder + "/Tests/EndToEndTests/make_split_cases.py"
        _ = try program.succeed(try Repository.python(), [script, program.folder, model, String(rows)])
        try write(deployment, to: program.folder + "/deployment.yml")
        _ = try program.succeed("model", "create", "--name", "wine", "--type", "mlflow_model", "--path", "./model")
        _ = try program.succeed("batch-endpoint", "create", "-n", "wine-batch")
        _ = try program.succeed("batch-deployment", "create", "-f", "deployment.yml", "-e", "wine-batch")
    }

    private static func invoke(_ settings: [String], in program: Program) throws -> String {
        let arguments = [
            "batch-endpoint", "invoke", "-n", "wine-batch", "--input", "./input", "--query", "name", "-o", "tsv",
        ]
        return try program.succeed(Program.path, arguments + settings.flatMap { ["--set", $0] })
    }

    private static func run(_ settings: String..., in program: Program) throws -> String {
        let job = try invoke(settings, in: program)
        _ = try program.run("job", "stream", "-n", job)
        #expect(try show("status", of: job, in: program) == "Completed")
        return job
    }

    private static func show(_ query: String, of job: String, in program: Program) throws -> String {
        try program.succeed("job", "show", "-n", job, "--query", query, "-o", "tsv")
    }

    private static func counts(_ name: String, of job: String, in program: Program) throws -> Int {
        Int(try show("batchstudio.counts.\(name)", of: job, in: program)) ?? -1
    }

    private static func output(of job: String, in program: Program) throws -> Data {
        let folder = try show("batchstudio.output_folder", of: job, in: program)
        return try Data(contentsOf: URL(fileURLWithPath: folder + "/predictions.csv"))
    }

    private static func failedFiles(of job: String, in program: Program) throws -> [Substring] {
        try String(contentsOfFile: program.workspace + "/jobs/\(job)/failed_files.csv", encoding: .utf8).split(
            separator: "\n"
        )
    }

    @Test(.timeLimit(.minutes(5)))
    func `The output has the bytes of whole files, whatever the number of workers`() async throws {
        try await Program.with { program in
            try Self.deploy("linear", rows: 5000, in: program)
            let whole = try Self.run("split_files=never", in: program)
            let rows = try Self.output(of: whole, in: program)
            #expect(try Self.counts("rows", of: whole, in: program) == 20_030)
            for (workers, size) in [(1, "64KiB"), (2, "64KiB"), (4, "16KiB")] {
                let job = try Self.run(
                    "split_files=\(size)",
                    "max_concurrency_per_instance=\(workers)",
                    in: program
                )
                #expect(try Self.output(of: job, in: program) == rows)
                #expect(try Self.counts("mini_batches", of: job, in: program) > 12)
                #expect(try Self.counts("files", of: job, in: program) == 7)
                #expect(try Self.counts("succeeded_files", of: job, in: program) == 7)
                let manifest = try String(
                    contentsOfFile: program.workspace + "/jobs/\(job)/manifest.tsv",
                    encoding: .utf8
                )
                for name in ["2.csv", "4.csv", "5.jsonl", "6.parquet"] {
                    #expect(manifest.components(separatedBy: "\t\(name)\t").count > 2, "\(name)")
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `A file with a bad part fails as a whole, with the row and line in the file, and is retried`() async throws {
        try await Program.with { program in
            try Self.deploy("linear", rows: 5000, in: program)
            let path = program.folder + "/input/2.csv"
            let good = try String(contentsOfFile: path, encoding: .utf8)
            let middle = good.index(good.startIndex, offsetBy: good.count * 3 / 4)
            let line = try #require(good[middle...].range(of: "\n5."))
            try write(good.replacingCharacters(in: line, with: "\nsour5."), to: path)
            let whole = try Self.run("split_files=never", in: program)
            let split = try Self.run("split_files=64KiB", in: program)
            #expect(try Self.output(of: split, in: program) == (try Self.output(of: whole, in: program)))
            for job in [whole, split] {
                #expect(try Self.counts("failed_files", of: job, in: program) == 1)
                #expect(try Self.counts("succeeded_files", of: job, in: program) == 6)
            }
            let reason = try #require(try Self.failedFiles(of: split, in: program).last)
            let expected = try #require(try Self.failedFiles(of: whole, in: program).last)
            #expect(reason.hasPrefix("2.csv,") && reason.contains("'sour5."))
            #expect(reason.components(separatedBy: "column").last == expected.components(separatedBy: "column").last)
            #expect(try Self.failedFiles(of: split, in: program).count == 2)

            try write(good, to: path)
            let retried = try program.succeed("job", "retry-failed", "-n", split, "--query", "name", "-o", "tsv")
            _ = try program.run("job", "stream", "-n", retried)
            let complete = try Self.run("split_files=never", in: program)
            #expect(try Self.output(of: retried, in: program) == (try Self.output(of: complete, in: program)))
            #expect(try Self.counts("succeeded_files", of: retried, in: program) == 7)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `A killed job scores no finished part again`() async throws {
        try await Program.with { program in
            try Self.deploy("slow", rows: 20_000, in: program)
            let whole = try Self.run("split_files=never", in: program)
            let job = try Self.invoke(["split_files=64KiB"], in: program)
            let finished = try await wait(for: "some parts") {
                let count = try Self.counts("done_mini_batches", of: job, in: program)
                return count >= 4 ? count : nil
            }
            let lock = try String(contentsOfFile: program.workspace + "/executor.lock", encoding: .utf8)
            let executor = try #require(lock.split(separator: "\n").first.flatMap { pid_t($0) })
            kill(executor, SIGKILL)
            // The time in the report has whole seconds.
            let killed = Date().addingTimeInterval(1)
            _ = try program.run("job", "stream", "-n", job)
            #expect(try Self.output(of: job, in: program) == (try Self.output(of: whole, in: program)))
            let report = try String(
                contentsOfFile: program.workspace + "/jobs/\(job)/logs/sys/job_report/processed_mini-batches.csv",
                encoding: .utf8
            )
            let starts = try report.split(separator: "\n").dropFirst().map { line in
                try Date(String(line.split(separator: ",")[3]), strategy: .iso8601)
            }
            #expect(starts.count == (try Self.counts("mini_batches", of: job, in: program)))
            #expect(starts.count { $0 < killed } >= finished && finished < starts.count)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `A file whose rows depend on each other is scored whole`() async throws {
        try await Program.with { program in
            try Self.deploy("ranks", rows: 5000, in: program)
            let whole = try Self.run("split_files=never", in: program)
            let split = try Self.run("split_files=64KiB", in: program)
            #expect(try Self.output(of: split, in: program) == (try Self.output(of: whole, in: program)))
            #expect(try Self.counts("succeeded_files", of: split, in: program) == 4)
            #expect(try Self.counts("mini_batches", of: split, in: program) > 4)
            #expect(try Self.counts("done_mini_batches", of: split, in: program) > 4)
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `A script gets whole files, and files of parts where it asks for them`() async throws {
        try await Program.with { program in
            let script = """
                import os
                def init(): pass
                def run(mini_batch):
                    rows = []
                    for path in mini_batch:
                        if "silent" in path: continue
                        lines = open(path, newline="").read().split("\\n")
                        rows += [[os.path.basename(path), len(mini_batch), lines[0], line] for line in lines[1:] if line]
                    return rows
                """
            try write(script, to: program.folder + "/code/score.py")
            try write("weights", to: program.folder + "/model.txt")
            try write("dependencies: [python]", to: program.folder + "/conda.yml")
            let yaml = """
                name: script
                type: model
                model: azureml:none@latest
                code_configuration: {code: ./code, scoring_script: score.py}
                environment: {conda_file: ./conda.yml}
                compute: azureml:local
                settings: {max_concurrency_per_instance: 2, mini_batch_size: 10}
                """
            try write(yaml, to: program.folder + "/deployment.yml")
            _ = try program.succeed("model", "create", "-n", "none", "--type", "custom_model", "--path", "./model.txt")
            _ = try program.succeed("batch-endpoint", "create", "-n", "wine-batch")
            _ = try program.succeed(
                "batch-deployment",
                "create",
                "-f",
                "deployment.yml",
                "-e",
                "wine-batch",
                "--set-default"
            )
            try write("a,b\n" + (0..<3000).map { "\($0),x\n" }.joined(), to: program.folder + "/input/big.csv")
            try write("a,b\n1,2\n", to: program.folder + "/input/small.csv")
            let whole = try Self.run(in: program)
            let split = try Self.run("split_files=4KiB", in: program)
            let rows = { String(decoding: try Self.output(of: $0, in: program), as: UTF8.self) }
            let expected =
                (0..<3000).map { "big.csv,1,\"a,b\",\"\($0),x\"\n" }.joined() + "small.csv,1,\"a,b\",\"1,2\"\n"
            #expect(try rows(split) == expected)
            #expect(try rows(whole) == expected.replacingOccurrences(of: ".csv,1,", with: ".csv,2,"))
            #expect(try Self.counts("mini_batches", of: split, in: program) > 4)
            #expect(try Self.counts("succeeded_files", of: split, in: program) == 2)
            let left = FileManager.default.enumerator(atPath: program.workspace)?.compactMap { $0 as? String }
            #expect(left?.contains { $0.contains("batchstudio-part-") } == false)

            try write("a,b\n" + (0..<3000).map { "\($0),x\n" }.joined(), to: program.folder + "/input/silent.csv")
            let silent = try Self.run("split_files=4KiB", in: program)
            #expect(try rows(silent) == expected)
            #expect(try Self.counts("failed_files", of: silent, in: program) == 1)
            let reason = try #require(try Self.failedFiles(of: silent, in: program).last)
            #expect(reason.hasPrefix("silent.csv,") && reason.contains("MissingRows"))
        }
    }
}
