import Foundation
import TestSupport
import Testing

/// Outputs on file systems without hard links, as exFAT.
@Suite(.serialized)
struct UnlinkableOutputTests {
    /// Runs a job on such a file system; returns its state and cause, and the number of mini-batches that it scored.
    private static func run(
        _ variables: String,
        in program: Program
    ) throws -> (state: String, cause: String, done: String) {
        try ScriptEndpoint.make(in: program)
        let library = program.folder + "/no_links.so"
        let source = Repository.folder + "/Tests/EndToEndTests/Scripts/no_links.c"
        let compile = "$(command -v cc || command -v clang) -shared -fPIC -o '\(library)' '\(source)' -ldl"
        #expect(try program.shell(compile).exitCode == 0)
        // The executor is started by this command, and inherits the library.
        _ = try program.succeed("executor", "stop")
        let invoke = "$B batch-endpoint invoke -n bench --input ./input --query name -o tsv"
        let job = try program.shell("\(variables) LD_PRELOAD='\(library)' \(invoke)").line
        _ = try program.run("job", "stream", "-n", job)
        func show(_ query: String) throws -> String {
            try program.succeed("job", "show", "-n", job, "--query", query, "-o", "tsv")
        }
        return (try show("status"), try show("batchstudio.cause"), try show("batchstudio.counts.done_mini_batches"))
    }

    @Test(.timeLimit(.minutes(2)))
    func `An output is delivered without hard links`() async throws {
        try await Program.with { program in
            let end = try Self.run("", in: program)
            #expect(end.state == "Completed", "\(end.cause)")
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `A folder in which no output can be delivered is refused before anything is scored`() async throws {
        try await Program.with { program in
            let end = try Self.run("NO_EXCLUSIVE_RENAME=1", in: program)
            #expect(end.state == "Failed")
            #expect(end.cause.contains("no hard links"), "\(end.cause)")
            #expect(end.done == "0")
        }
    }
}
