import TestSupport
import Testing

@testable import StudioCommands

/// What commands log to the error stream.
struct LogTests {
    @Test(
        arguments: [
            ("model list", "", false), ("model list --debug", "", true), ("model list --verbose", "", false),
            ("model list", "debug", true), ("model list --verbose", "debug", false),
            ("model list --debug --only-show-errors", "trace", false),
        ]
    )
    func `has details where flags or the variable ask for them`(
        line: String,
        variable: String,
        isLogged: Bool
    ) async throws {
        try await CommandBench.with { bench in
            var bench = bench
            bench.environment = ["BATCHSTUDIO_LOG": variable]
            let answer = await bench.run(line)
            #expect(answer.exitCode == 0)
            #expect(answer.error.contains("(workspace=FOLDER/workspace)\n") == isLogged, "\(answer.error)")
        }
    }

    @Test func `a level that is none is refused before anything is done`() async throws {
        try await CommandBench.with { bench in
            var loud = bench
            loud.environment = ["BATCHSTUDIO_LOG": "loud"]
            let answer = await loud.run("compute create -n wide --type amlcompute")
            #expect(answer.exitCode == 2)
            expectMessage(answer.error, "log/level")
            #expect(await bench.run("compute list --query [].name -o tsv").output == "local\n")
        }
    }

    @Test func `a warning is not shown where only errors are wanted`() async throws {
        try await CommandBench.with { bench in
            #expect(await bench.run("login").error == "")
            #expect(await bench.run("login --verbose").error.hasPrefix("INFO: "))
            #expect(await bench.run("login --verbose --only-show-errors").error == "")
        }
    }
}
