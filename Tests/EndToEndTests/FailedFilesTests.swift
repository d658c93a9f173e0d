import Foundation
import TestSupport
import Testing

/// Ten thousand files, 37 of them bad in six ways, on a model that MLflow has written.
@Suite(.serialized)
struct FailedFilesTests {
    private static let reasons = [
        "not UTF-8": "UndecodableText,", "a column is missing": "'sugar' is missing",
        "not a number": "'sour'", "empty": "is empty",
        "a broken Parquet file": "parquet file", "a link to nothing": "to nothing",
    ]

    @Test(.timeLimit(.minutes(5)))
    func `Exactly the bad files fail, each with its reason, and fixed ones are scored into a complete output`()
        async throws
    {
        try await Program.with { program in
            try MainJobTests.deployNumeric(in: program)
            let bad = try Self.makeFiles(in: program)
            #expect(bad.count == 37)
            let job = try Self.run(["batch-endpoint", "invoke", "-n", "wine-batch", "--input", "./input"], in: program)
            let failed = try Self.lines(program.workspace + "/jobs/\(job)/failed_files.csv").dropFirst()
            #expect(failed.count == 37)
            for (line, (file, kind)) in zip(failed, bad) {
                let reason = try #require(Self.reasons[kind])
                #expect(line.hasPrefix(file + ",") && line.contains(reason), "\(line)")
            }
            let names = Set(bad.map(\.file))
            let files = try FileManager.default.contentsOfDirectory(atPath: program.folder + "/input").sorted()
            #expect(files.count == 10_000)
            let scored = try Self.output(of: job, in: program).map { String($0.split(separator: ",").last ?? "") }
            #expect(scored == files.filter { !names.contains($0) })

            _ = try Self.makeFiles(in: program, fix: true)
            let retried = try Self.run(["job", "retry-failed", "-n", job], in: program)
            let again = try Self.run(
                ["batch-endpoint", "invoke", "-n", "wine-batch", "--input", "./input"],
                in: program
            )
            let rows = try Self.output(of: retried, in: program)
            #expect(rows.count == 9994)
            #expect(rows == (try Self.output(of: again, in: program)))
        }
    }

    /// Runs a command that starts a job, and waits for its end.
    private static func run(_ arguments: [String], in program: Program) throws -> String {
        let job = try program.succeed(Program.path, arguments + ["--query", "name", "-o", "tsv"])
        #expect(try program.succeed("job", "stream", "-n", job).contains("Status: Completed"))
        return job
    }

    private static func makeFiles(in program: Program, fix: Bool = false) throws -> [(file: String, kind: String)] {
        let script = Repository.folder + "/Tests/EndToEndTests/make_failing_files.py"
        let python = try program.succeed(Repository.folder + "/scripts/python-environment.sh", [])
        let printed = try program.succeed(python, [script, program.folder + "/input"] + (fix ? ["fix"] : []))
        return printed.split(separator: "\n").map { line in
            let fields = line.split(separator: "\t").map(String.init)
            return (fields[0], fields[1])
        }
    }

    private static func output(of job: String, in program: Program) throws -> [Substring] {
        let folder = try program.succeed("job", "show", "-n", job, "--query", "batchstudio.output_folder", "-o", "tsv")
        return try lines(folder + "/predictions.csv")
    }

    private static func lines(_ path: String) throws -> [Substring] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    }
}
