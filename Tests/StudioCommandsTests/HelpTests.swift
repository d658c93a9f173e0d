import ArgumentParser
import TestSupport
import Testing

@testable import StudioCommands

struct HelpTests {
    /// A command that does something and is shown.
    private struct Command {
        /// The words that are typed.
        var path: String
        var type: any ParsableCommand.Type
    }

    private static let commands = commands(below: BatchStudio.self, "")
    private static let paths = commands.map { $0.path }

    private static func commands(below group: any ParsableCommand.Type, _ words: String) -> [Command] {
        var found: [Command] = []
        for command in group.configuration.subcommands where command.configuration.shouldDisplay {
            let path = words + (words.isEmpty ? "" : " ") + command._commandName
            if command.configuration.subcommands.isEmpty {
                found.append(Command(path: path, type: command))
            } else {
                found += commands(below: command, path)
            }
        }
        return found
    }

    /// The command lines of a discussion's first paragraph.
    private static func examples(in discussion: String) -> [String] {
        discussion.split(separator: "\n").flatMap { line -> [Substring] in
            guard let start = line.firstRange(of: "batchstudio "), line.hasPrefix("Example: ") || line.hasPrefix("  ")
            else { return [] }
            return line[start.lowerBound...].split(separator: "; ")
        }.map { String($0.split(separator: " > ")[0].split(separator: " | ")[0]).replacing("zsh)", with: "zsh") }
    }

    @Test func `There are all commands`() {
        #expect(Self.commands.count > 60)
        #expect(Self.commands.contains { $0.path == "job retry-failed" })
    }

    @Test(arguments: paths)
    func `The help begins with a line and examples that the parser takes`(path: String) async throws {
        let command = try #require(Self.commands.first { $0.path == path }).type
        let configuration = command.configuration
        #expect(!configuration.abstract.isEmpty && !configuration.abstract.contains("\n"))
        #expect(configuration.discussion.hasPrefix("Example"), "\(path) has no example")
        var parsed: [ObjectIdentifier] = []
        for example in Self.examples(in: configuration.discussion) {
            let words = example.split(separator: " ").dropFirst().map { $0.filter { $0 != "'" && $0 != "\"" } }
            let made = try BatchStudio.parseAsRoot(try ArgumentSpelling.canonical(words))
            parsed.append(ObjectIdentifier(type(of: made)))
        }
        #expect(parsed.contains(ObjectIdentifier(command)), "\(path): \(configuration.discussion)")
        try await CommandBench.with { bench in
            let help = await bench.run("\(path) --help")
            #expect(help.exitCode == 0 && !help.output.contains("--only-show-errors"))
            #expect(help.output.contains("'batchstudio help options'"))
        }
    }

    @Test func `The options of every command are explained apart`() async throws {
        try await CommandBench.with { bench in
            let help = await bench.run("help options")
            #expect(help.exitCode == 0)
            expectGolden(help.output, "help/options.txt")
            expectGolden(await bench.run("help job show").output, "help/job-show.txt")
        }
    }

    @Test(
        arguments: [
            ("help invoke", "Did you mean 'help batch-endpoint invoke'?"),
            ("help jbo", "Did you mean 'help job'?"), ("job help strem", "Did you mean 'job help stream'?"),
            ("help job strem", "Did you mean 'help job stream'?"), ("invoke", "Did you mean 'batch-endpoint invoke'?"),
            ("help wine", "There are: "),
        ]
    )
    func `A slip in a topic gets the command that was meant`(line: String, advice: String) async throws {
        try await CommandBench.with { bench in
            let answer = await bench.run(line)
            #expect(answer.exitCode == 2 && answer.output == "")
            #expect(answer.error.contains(advice), "\(answer.error)")
        }
    }
}
