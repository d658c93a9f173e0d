import Foundation
import TestSupport
import Testing

/// The built program under the limits that shells, containers and service managers set.
@Suite(.serialized)
struct LimitTests {
    private static let invoke = "$B batch-endpoint invoke -n bench --input ./input --query name -o tsv"

    @Test(
        .timeLimit(.minutes(5)),
        arguments: [
            ("ulimit -v 307200", "memory may"), ("ulimit -v 600000", "memory may"),
            ("ulimit -n 20", "files can"), ("ulimit -n 40", "files can"),
        ]
    )
    func `A job that no executor can run waits, and every command says why`(
        limit: String,
        reason: String
    ) async throws {
        try await Program.with { program in
            try ScriptEndpoint.make(in: program)
            try write("old words of an earlier executor\n", to: program.workspace + "/executor.log")
            let invoked = try program.shell("\(limit); \(Self.invoke)")
            #expect(invoked.exitCode == 1)
            let job = invoked.line
            #expect(invoked.error.hasPrefix("ERROR: Job \(job) is Queued"))
            #expect(invoked.error.contains(reason) && invoked.error.contains("ulimit -"))
            #expect(!invoked.error.contains("old words") && invoked.error.split(separator: "\n").count == 1)

            let streamed = try program.shell("\(limit); $B job stream -n \(job)")
            #expect(streamed.exitCode == 1 && streamed.error.contains(reason))
            let checked = try program.shell("\(limit); $B doctor -o tsv")
            #expect(checked.exitCode == 1 && checked.output.contains(reason), "\(checked.error)")

            #expect(try program.succeed("job", "stream", "-n", job).contains("Status: Completed"))
        }
    }

    /// The kibibytes of address space in which the program, its libraries and the handler of crashes that Swift installs before the
    /// program begins have room, and then little else.
    private static func leastAddressSpace(of program: Program) throws -> Int {
        let limits = stride(from: 65_536, to: 1_048_576, by: 4096)
        return try #require(
            limits.first {
                let help = try program.shell("ulimit -v \($0); $B --help")
                return help.exitCode == 1 && !help.error.hasPrefix("swift runtime")
            }
        )
    }

    @Test(.timeLimit(.minutes(2)))
    func `A command that can have no threads ends with that reason, and makes no job`() async throws {
        try await Program.with { program in
            try ScriptEndpoint.make(in: program)
            let invoked = try program.shell("ulimit -v \(try Self.leastAddressSpace(of: program)); \(Self.invoke)")
            #expect(invoked.exitCode == 1 && invoked.output == "")
            #expect(invoked.error.hasPrefix("ERROR: Too few threads"))
            #expect(try program.succeed("job", "list", "--query", "length(@)") == "0")
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `An executor that stops leaves nothing in TMPDIR`() async throws {
        try await Program.with { program in
            try ScriptEndpoint.make(in: program)
            let said = try program.shell(
                "mkdir tmp; export TMPDIR=$PWD/tmp; $B job stream -n $(\(Self.invoke)) && ls tmp && $B executor stop && ls -A tmp"
            )
            #expect(said.exitCode == 0 && said.output.contains("Status: Completed"), "\(said.error)")
            #expect(said.output.contains("batchstudio-"), "\(said.output)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: program.folder + "/tmp").isEmpty)
        }
    }

    @Test(
        .timeLimit(.minutes(2)),
        arguments: [
            "TMPDIR=/nonexistent/folder", "TMPDIR=/proc", "TMPDIR=$PWD/" + String(repeating: "long", count: 30),
        ]
    )
    func `A job runs whatever TMPDIR is`(variable: String) async throws {
        try await Program.with { program in
            try ScriptEndpoint.make(in: program)
            let long = String(repeating: "long", count: 30)
            let setUp = "mkdir -p \(long); export \(variable); "
            let invoked = try program.shell(setUp + Self.invoke)
            #expect(invoked.exitCode == 0 && invoked.error == "", "\(invoked.error)")
            let streamed = try program.shell(setUp + "$B job stream -n \(invoked.line)")
            #expect(streamed.output.contains("Status: Completed"), "\(streamed.error)")
            let checked = try program.shell(setUp + "$B doctor -o tsv --query \"[?name=='sockets'].state\"")
            #expect(checked.line == "ok", "\(checked.error)")
            let tried = try program.shell(setUp + "$B batch-deployment test -e bench --input input/0.txt")
            #expect(tried.exitCode == 0 && tried.output.contains("Rows: 1"), "\(tried.error)")
        }
    }
}
