import ArgumentParser
import FoundationEssentials

/// The options that a command declares, as far as their spelling matters.
struct CommandOptions {
    /// One option with all its names.
    struct Option: Equatable {
        /// Its long names with their hyphens: `--file`.
        var longNames: [String] = []
        /// Its names of one letter, without their hyphen.
        var letters: [Character] = []
        /// True when a value follows it.
        var takesValue: Bool
    }

    /// The options in the order of their declaration.
    let options: [Option]
    /// True when the command takes words that it does not know, and options among them.
    let takesUnknownWords: Bool

    /// Reads the declarations of a command or of a group of options.
    init(of command: any ParsableArguments.Type) {
        let description = try? JSONDecoder().decode(Description.self, from: Data(command._dumpHelp().utf8))
        let arguments = description?.command.arguments ?? []
        takesUnknownWords = arguments.contains { $0.parsingStrategy == "allUnrecognized" }
        options = arguments.compactMap { argument in
            guard let names = argument.names, argument.kind != "positional" else { return nil }
            return Option(
                longNames: names.filter { $0.kind == "long" }.map { "--" + $0.name },
                letters: names.filter { $0.kind == "short" }.compactMap(\.name.first),
                takesValue: argument.kind == "option"
            )
        }
    }

    /// The option of one letter.
    func option(_ letter: Character) -> Option? { options.first { $0.letters.contains(letter) } }

    /// The option of a long name.
    func option(named name: String) -> Option? { options.first { $0.longNames.contains(name) } }

    /// Options that az does not have: they make no prefix of one of its own ambiguous, `--f` of `--file` for example.
    private static let ours: Set = [
        "--fail-on-drift", "--new-only", "--on-failed-files", "--on-failure", "--on-success", "--wait",
        "--webhook-secret",
    ]

    /// The long names that a prefix may stand for, the first of each option; a whole name stands for itself alone.
    func names(startingWith prefix: String) -> [String] {
        if option(named: prefix) != nil { return [prefix] }
        let found = options.compactMap { option in
            option.longNames.first { name in
                // `--n` is not `--no-recursive`, the other half of `--recursive`.
                let isNegation = name.hasPrefix("--no-") && self.option(named: "--" + name.dropFirst(5)) != nil
                return name.hasPrefix(prefix) && !(isNegation && prefix.count < "--no".count)
            }
        }
        let known = found.filter { !Self.ours.contains($0) }
        return known.isEmpty ? found : known
    }
}

extension CommandOptions {
    /// ArgumentParser's description of a command in JSON, in the keys that are used here.
    private struct Description: Decodable {
        struct Command: Decodable {
            var arguments: [Argument]?
        }

        struct Argument: Decodable {
            struct Name: Decodable {
                var kind: String
                var name: String
            }

            var kind: String
            var names: [Name]?
            var parsingStrategy: String?
        }

        var command: Command
    }
}
