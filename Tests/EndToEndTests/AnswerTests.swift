import Foundation
import TestSupport
import Testing

/// What becomes of a job when its answer can't be given: a script that calls again must not score twice.
@Suite(.serialized)
struct AnswerTests {
    private static let invoke = "$B batch-endpoint invoke -n bench --input ./input"

    private static func jobs(in program: Program) throws -> String {
        try program.succeed("job", "list", "--query", "length(@)")
    }

    @Test(.timeLimit(.minutes(2)), arguments: [">&-", ">/dev/full", "1</dev/null", "| sleep 0"])
    func `A job is made only when its answer can be written`(redirection: String) async throws {
        try await Program.with { program in
            try ScriptEndpoint.make(in: program)
            // The reader of a pipe that is gone before the program starts.
            let line =
                redirection == "| sleep 0"
                ? "mkfifo pipe; (exec 3<>pipe; exec 4>pipe; exec 3<&-; \(Self.invoke) >&4)"
                : "\(Self.invoke) \(redirection)"
            let invoked = try program.shell(line)
            #expect(invoked.exitCode == 1)
            #expect(invoked.error.contains("No job"), "\(invoked.error)")
            #expect(try Self.jobs(in: program) == "0")
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `A closed output stream is no obstacle where nothing is printed`() async throws {
        try await Program.with { program in
            try ScriptEndpoint.make(in: program)
            #expect(try program.shell("\(Self.invoke) -o none >&-").exitCode == 0)
            #expect(try program.shell("\(Self.invoke) -o none >&- 2>&- <&-").exitCode == 0)
            #expect(try Self.jobs(in: program) == "2")
            // Nothing was written into a file that took the place of a closed stream.
            #expect(try program.succeed("doctor", "--query", "[?name=='database'].found", "-o", "tsv") == "not damaged")
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `An answer that can't be written after all names its job on the error stream`() async throws {
        try await Program.with { program in
            try ScriptEndpoint.make(in: program)
            // A file that may grow by eight bytes more; the workspace's own files are far smaller than the limit.
            let blocks = 40_000
            let size = blocks * 512 - 8
            let invoked = try program.shell("truncate -s \(size) answer; ulimit -f \(blocks); \(Self.invoke) >>answer")
            #expect(invoked.exitCode == 0)
            let name = try program.succeed("job", "list", "--query", "[0].name", "-o", "tsv")
            #expect(invoked.error.contains(": \(name)"), "\(invoked.error)")
            #expect(try Self.jobs(in: program) == "1")
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `A pipe that is closed ends a list quietly`() async throws {
        try await Program.with { program in
            try ScriptEndpoint.make(in: program)
            for _ in 0..<3 { _ = try program.shell("\(Self.invoke) -o none") }
            for command in ["job list -o table", "--help", "job list", "doctor"] {
                let piped = try program.shell("for i in 1 2 3 4; do $B \(command) | head -1; done")
                #expect(piped.error == "" && piped.exitCode == 0, "\(command): \(piped.error)")
            }
        }
    }
}
