import Foundation
import Glibc
import TestSupport
import Testing

/// `batchstudio score`: predictions without an endpoint of one's own.
@Suite(.serialized)
struct ScoreTests {
    private static func train(_ model: String, in program: Program) throws {
        let script = Repository.folder + "/Tests/EndToEndTests/make_split_cases.py"
        _ = try program.succeed(try Repository.python(), [script, program.folder, model, "2000"])
    }

    private static func score(_ arguments: String..., in program: Program) throws -> String {
        try program.succeed(Program.path, ["score", "./model", "./input"] + arguments)
    }

    private static func names(of noun: String, in program: Program) throws -> String {
        try program.succeed(noun, "list", "--query", "[].name", "-o", "tsv")
    }

    private static func rows(of file: String, in program: Program) throws -> String {
        try String(contentsOfFile: program.folder + "/" + file, encoding: .utf8)
    }

    @Test(.timeLimit(.minutes(5)))
    func `Predictions are those of a job, and nothing stays but the job`() async throws {
        try await Program.with { program in
            try Self.train("linear", in: program)
            #expect(try Self.score("-o", "one.csv", "--query", "failed_files", in: program) == "0")
            let rows = try Self.rows(of: "one.csv", in: program)
            #expect(rows.split(separator: "\n").count == 8030)
            #expect(try Self.names(of: "batch-endpoint", in: program).isEmpty)
            #expect(try Self.names(of: "model", in: program).isEmpty)

            let kept = try Self.score(
                "-o",
                "two.csv",
                "--keep",
                "wine-batch",
                "--query",
                "job",
                "-o",
                "tsv",
                in: program
            )
            #expect(try Self.rows(of: "two.csv", in: program) == rows)
            #expect(try Self.names(of: "batch-endpoint", in: program) == "wine-batch")
            let jobs = try program.succeed("job", "list", "--query", "length(@)")
            #expect(jobs == "2")
            // A folder that is not entered is said.
            try write("a\n1\n", to: program.folder + "/input/folder/x.csv")
            let third = try program.shell("$B score ./model ./input -o three.csv")
            #expect(
                third.exitCode == 0 && third.error.contains("1 folder in the input is not scored"),
                "\(third.error)"
            )
            #expect(try Self.rows(of: "three.csv", in: program) == rows)
            #expect(try program.succeed("job", "show", "-n", kept, "--query", "status", "-o", "tsv") == "Completed")
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `A file that exists, another endpoint and a folder without a model are refused, and nothing is made`()
        async throws
    {
        try await Program.with { program in
            try Self.train("linear", in: program)
            try write("mine", to: program.folder + "/one.csv")
            _ = try program.succeed("batch-endpoint", "create", "-n", "wine-batch")
            let refused = [
                ["./model", "./input", "-o", "one.csv"], ["./input", "./input"],
                ["./model", "./input", "-o", "two.csv", "--keep", "wine-batch"],
            ]
            for arguments in refused {
                let result = try program.run(["score"] + arguments)
                #expect(result.exitCode == 1 && result.error.hasPrefix("ERROR: "), "\(arguments)")
            }
            #expect(try Self.rows(of: "one.csv", in: program) == "mine")
            #expect(try program.succeed("job", "list", "--query", "length(@)") == "0")
            #expect(try Self.names(of: "model", in: program).isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `Failed files are an error that names what stays, unless they are allowed`() async throws {
        try await Program.with { program in
            try Self.train("linear", in: program)
            try write("no table\n\"", to: program.folder + "/input/zz.csv")
            let failed = try program.shell("$B score ./model ./input -o one.csv")
            #expect(failed.exitCode == 1)
            let message = try #require(failed.error.split(separator: "ERROR: ").last.map(String.init))
            #expect(message.hasPrefix("1 of "), "\(failed.error)")
            #expect(message.contains(" failed: one.csv has the rows of the others, "), "\(message)")
            #expect(failed.error.contains("Job ") && failed.error.contains(": Running"), "\(failed.error)")
            let reasons = try #require(message.firstMatch(of: /others, (.*) the reasons/)).1
            #expect(try String(contentsOfFile: String(reasons), encoding: .utf8).contains("zz.csv"))

            // The commands of the message remove all that it leaves.
            let commands = try #require(message.firstMatch(of: /Remove them with: (.*)/)).1
            let removed = try program.shell(String(commands).replacing("batchstudio ", with: "$B "))
            #expect(removed.exitCode == 0, "\(removed.error)")
            #expect(try Self.names(of: "batch-endpoint", in: program).isEmpty)
            #expect(try Self.names(of: "model", in: program).isEmpty)

            let allowed = try program.shell("$B score ./model ./input -o two.csv --error-threshold 1")
            #expect(allowed.exitCode == 0 && allowed.error.contains("WARNING: 1 of "), "\(allowed.error)")
            #expect(try Self.rows(of: "two.csv", in: program) == Self.rows(of: "one.csv", in: program))
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `The same command after a kill resumes its job`() async throws {
        try await Program.with { program in
            try Self.train("slow", in: program)
            let command = Process()
            command.executableURL = URL(fileURLWithPath: Program.path)
            command.arguments = ["score", "./model", "./input", "--set", "block_rows=64"]
            command.environment = program.variables
            command.currentDirectoryURL = URL(fileURLWithPath: program.folder)
            (command.standardOutput, command.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
            try command.run()
            _ = try await wait(for: "the job to run") {
                let state = try program.succeed("job", "list", "--query", "[0].status", "-o", "tsv")
                // It has not ended by then, or the next call would start another one.
                #expect(state != "Completed")
                return state == "Running" ? state : nil
            }
            kill(command.processIdentifier, SIGKILL)
            let job = try Self.score("--set", "block_rows=64", "--query", "job", "-o", "tsv", in: program)
            #expect(try program.succeed("job", "list", "--query", "[].name", "-o", "tsv") == job)
            #expect(try Self.rows(of: "predictions.csv", in: program).split(separator: "\n").count == 2030)
        }
    }
}
