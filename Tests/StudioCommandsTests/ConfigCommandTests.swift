import Foundation
import TestSupport
import Testing

/// The user's configuration.
struct ConfigCommandTests {
    private static func file(_ bench: CommandBench) -> String { bench.folder + "/.config/batchstudio/config.toml" }

    @Test func `keeps comments and other lines when a setting changes`() async throws {
        try await CommandBench.with { bench in
            try write("# mine\noutput = 'json'  # for scripts\n\n", to: Self.file(bench))
            #expect(await bench.run("config set output table").exitCode == 0)
            #expect(await bench.run(["config", "set", "theme", "a \"b\" \\c"]).exitCode == 0)
            let text = try String(contentsOfFile: Self.file(bench), encoding: .utf8)
            #expect(text == "# mine\noutput = \"table\"  # for scripts\n\ntheme = \"a \\\"b\\\" \\\\c\"\n")
            #expect(await bench.run("config get theme").output == "a \"b\" \\c\n")
            #expect(await bench.run("config unset output").exitCode == 0)
            #expect(await bench.run("config get output").output == "")
        }
    }

    @Test func `is the default of output and workspace, and flags and variables win`() async throws {
        try await CommandBench.with { bench in
            var bench = bench
            #expect(await bench.run("config set output tsv").exitCode == 0)
            #expect(await bench.run("config set workspace ./other").exitCode == 0)
            _ = await bench.run("batch-endpoint create -n from-variable")
            #expect(await bench.run("batch-endpoint list --query [].name").output == "from-variable\n")
            let named = await bench.run("batch-endpoint list --query [].name -o json")
            #expect(named.output == "[\n  \"from-variable\"\n]\n")
            bench.environment["BATCHSTUDIO_WORKSPACE"] = ""
            #expect(await bench.run("batch-endpoint create -n from-config --query name").output == "from-config\n")
            #expect(FileManager.default.fileExists(atPath: bench.folder + "/other/studio.sqlite"))
            #expect(await bench.run("batch-endpoint list --workspace ./third --query [].name").output == "")
            #expect(FileManager.default.fileExists(atPath: bench.folder + "/third/studio.sqlite"))
        }
    }

    @Test(
        arguments: [
            ("outptu = \"table\"", "did you mean 'output'"), ("output = \"xml\"", "must be one of"),
            ("output = table", "quotes"), ("[studio]", "table"), ("output", "setting"),
            ("workspace = \"data\"", "absolute"),
            ("output = \"json\"\noutput = \"tsv\"", "more than once"), ("theme = \"x\" y", "after its value"),
            ("theme = \"x", "quote at its end"), ("theme = \"\"\"x\"\"\"", "one line"),
            ("theme = \"\\x\"", "single quotes"),
        ]
    )
    func `is refused with the line of what is wrong`(text: String, words: String) async throws {
        try await CommandBench.with { bench in
            try write("# one\n\(text)\n", to: Self.file(bench))
            let line = text.contains("\n") ? 3 : 2
            for command in ["batch-endpoint list", "config list", "config set notify bell"] {
                let answer = await bench.run(command)
                #expect(answer.exitCode == 2 && answer.error.contains("config.toml:\(line):"), "\(answer.error)")
                #expect(answer.error.contains(words), "\(answer.error)")
            }
            #expect(try String(contentsOfFile: Self.file(bench), encoding: .utf8) == "# one\n\(text)\n")
        }
    }

    @Test func `refuses a setting or a value that it does not know`() async throws {
        try await CommandBench.with { bench in
            #expect(await bench.run("config set colour light").exitCode == 2)
            #expect(await bench.run("config set output xml").exitCode == 2)
            #expect(!FileManager.default.fileExists(atPath: Self.file(bench)))
        }
    }

    @Test(arguments: ["json", "jsonc", "yaml", "yamlc", "table", "tsv", "none"])
    func `takes every format of output`(format: String) async throws {
        try await CommandBench.with { bench in
            #expect(await bench.run("config set output \(format)").exitCode == 0)
            #expect(await bench.run("batch-endpoint list -o \(format)").exitCode == 0)
        }
    }

    @Test func `Completions are installed for one's own shells`() async throws {
        try await CommandBench.with { bench in
            for (shell, file) in [
                ("bash", ".local/share/bash-completion/completions/batchstudio"),
                ("zsh", ".local/share/zsh/site-functions/_batchstudio"),
                ("fish", ".config/fish/completions/batchstudio.fish"),
            ] {
                let printed = await bench.run("completion \(shell)")
                #expect(printed == (await bench.run("--generate-completion-script \(shell)")))
                #expect(await bench.run("completion \(shell) --install").exitCode == 0)
                let installed = try String(contentsOfFile: "\(bench.folder)/\(file)", encoding: .utf8)
                #expect(installed == printed.output)
            }
        }
    }
}
