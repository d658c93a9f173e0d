import Foundation
import TestSupport
import Testing

/// Scripts that were written for `az ml`, run unchanged by a shell in which `az` is batchstudio.
@Suite(.serialized)
struct ShellScriptTests {
    private static let scripts = Repository.folder + "/Tests/EndToEndTests/Scripts"
    private static let vowels = "1.txt,5\n2.txt,3\n3.txt,3\n4.txt,5\n5.txt,3\n"

    @Test(.timeLimit(.minutes(5)))
    func `A script of 2021 runs from its deployment to its end`() async throws {
        try await Program.with { program in
            let output = try Self.run("batch-score-2021", in: program)
            #expect(output.contains("\nJob completed\n"))
            #expect(output.contains("\nseconddp\n"))
            #expect(output.hasSuffix("\n2\n3"))
            #expect(try Self.text("overridden.csv", in: program) == Self.vowels)
            #expect(try Self.text("second/named-outputs/score/counts.csv", in: program) == Self.vowels)
            #expect(try program.succeed("batch-endpoint", "list") == "[]")
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `A script of today deploys an MLflow model and a script, and switches between them`() async throws {
        try await Program.with { program in
            let python = try program.succeed(Repository.folder + "/scripts/python-environment.sh", [])
            let cases = Repository.folder + "/Tests/EndToEndTests/make_scoring_cases.py"
            _ = try program.succeed(python, [cases, program.folder, "numeric"])
            let output = try Self.run("deploy-and-run", in: program)
            #expect(output.contains("\nJob completed\n"))
            #expect(output.contains("name: wine-batch\ndefault: wine-lines\n"))
            let expected = try Self.text("expected.csv", in: program)
            for file in [
                "named-outputs/score/predictions.csv", "overwritten/named-outputs/score/predictions_overwritten.csv",
                "from-file/named-outputs/score/wines.csv",
            ] { #expect(try Self.text(file, in: program) == expected, "\(file)") }
            #expect(try Self.text("lines/named-outputs/score/part-00.csv.lines", in: program) == "26\n")
            let log = program.folder + "/from-file/artifacts/user_logs/std_log_0.txt"
            #expect(FileManager.default.fileExists(atPath: log))
            #expect(try program.succeed("job", "list", "--query", "length([?status=='Completed'])") == "4")
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `A script that lives on queries finds what it asks for`() async throws {
        try await Program.with { program in
            let output = try Self.run("queries", in: program)
            #expect(output.hasSuffix("Everything is as expected"))
            #expect(try Self.text("predictions.csv", in: program) == Self.vowels)
        }
    }

    /// Runs a script in a copy of its folder; what it printed.
    private static func run(_ name: String, in program: Program) throws -> String {
        let files = FileManager.default
        for entry in try files.contentsOfDirectory(atPath: "\(scripts)/\(name)") {
            try files.copyItem(atPath: "\(scripts)/\(name)/\(entry)", toPath: "\(program.folder)/\(entry)")
        }
        let shell = "shopt -s expand_aliases; alias az='\(Program.path)'; source ./script.sh"
        return try program.succeed("/bin/bash", ["-c", "\(shell.replacing("; ", with: "\n"))"])
    }

    private static func text(_ path: String, in program: Program) throws -> String {
        try String(contentsOfFile: program.folder + "/" + path, encoding: .utf8)
    }
}
