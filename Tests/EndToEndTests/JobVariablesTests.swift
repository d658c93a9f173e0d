import Foundation
import TestSupport
import Testing

/// Variables of the shell that starts a job, under an executor that another shell has started.
@Suite(.serialized)
struct JobVariablesTests {
    private static let script = """
        import os
        def init():
            pass
        def run(mini_batch):
            if os.environ.get("AWS_ROLE") == "bad":
                raise ValueError("this role may not score")
            return [os.environ.get("AWS_ROLE", "none") + os.environ.get("UV_MARK", "")]
        """

    private static func output(of job: String, in program: Program) throws -> String {
        try String(contentsOfFile: "\(program.workspace)/blobs/\(job)/score/predictions.csv", encoding: .utf8)
    }

    /// Files of the workspace that hold a text.
    private static func files(with text: String, in program: Program) throws -> [String] {
        try program.shell("grep -rl '\(text)' '\(program.workspace)'").output.split(separator: "\n").map(String.init)
    }

    @Test(.timeLimit(.minutes(3)))
    func `A job has the variables of the shell that started, resumed or retried it`() async throws {
        try await Program.with { program in
            let settings = "mini_batch_size: 10, error_threshold: 0, profile: off"
            try ScriptEndpoint.make(in: program, script: Self.script, settings: settings)
            let invoke = "$B batch-endpoint invoke -n bench --input ./input/0.txt --query name -o tsv"
            let first = try program.shell("export AWS_ROLE=first UV_MARK=+mark; \(invoke)").line
            _ = try program.succeed("job", "stream", "-n", first)
            #expect(try Self.output(of: first, in: program) == "first+mark\n")
            // The executor of the first shell still runs.
            let second = try program.shell(invoke).line
            _ = try program.succeed("job", "stream", "-n", second)
            #expect(try Self.output(of: second, in: program) == "none\n")

            let third = try program.shell("export AWS_ROLE=bad; \(invoke)").line
            #expect(try program.run("job", "stream", "-n", third).exitCode == 1)
            let retried = try program.shell("AWS_ROLE=retried $B job retry-failed -n \(third) --query name -o tsv").line
            _ = try program.succeed("job", "stream", "-n", retried)
            #expect(try Self.output(of: retried, in: program) == "retried\n")
            #expect(try program.shell("AWS_ROLE=planted $B job resume -n \(third)").exitCode == 0)
            _ = try program.succeed("job", "stream", "-n", third)
            #expect(try Self.output(of: third, in: program) == "planted\n")
            // The rows that the script has made of it, which are its own; a profile would have their values too.
            let planted = try Self.files(with: "planted", in: program).map { ($0 as NSString).lastPathComponent }
            #expect(planted.allSatisfy { $0 == "predictions.csv" }, "\(planted)")
            // The script, its copies in working folders, and what Python compiles of them.
            let named = try Self.files(with: "AWS_ROLE", in: program).map { ($0 as NSString).lastPathComponent }
            #expect(named.allSatisfy { $0.hasPrefix("score.") }, "\(named)")
        }
    }
}
