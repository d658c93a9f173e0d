import ArgumentParser
import BatchDomain

/// Rewrites a command line from the spellings that `az` takes into those that ArgumentParser takes.
///
/// `batchstudio --query name ml batch-endpoint show --na x -otsv` becomes
/// `batchstudio batch-endpoint show --query name --name x -o tsv`.
struct ArgumentSpelling {
    private var rest: ArraySlice<String>
    private var command: any ParsableCommand.Type = BatchStudio.self
    private var words: [String] = []
    /// Options that stand before the noun or the verb.
    private var early: [String] = []

    /// Rewrites a command line; one that asks for help, a version or a completion stays as it is.
    ///
    /// - Throws: ``Failure`` for a command that does not exist and for the beginning of several options.
    static func canonical(_ arguments: [String]) throws(Failure) -> [String] {
        var spelling = ArgumentSpelling(rest: arguments[...])
        return try spelling.rewrite() ?? arguments
    }

    private init(rest: ArraySlice<String>) { self.rest = rest }

    /// The command line; nil where it must stay as it is.
    private mutating func rewrite() throws(Failure) -> [String]? {
        while !command.configuration.subcommands.isEmpty, let word = rest.first {
            if word.hasPrefix("-") {
                guard try takeEarlyOption() else { return nil }
            } else if word == "help" {
                try checkTopic(rest.dropFirst())
                return nil
            } else {
                rest.removeFirst()
                // `batchstudio ml …` is `batchstudio …`, so that in a script `az` may be an alias of batchstudio.
                if word == "ml", words.isEmpty { continue }
                try descend(to: word)
            }
        }
        guard command.configuration.subcommands.isEmpty else { return early + words + rest }
        let options = CommandOptions(of: command)
        if command == Score.self || command == JobReportCommand.self { rest = Self.spelledFile(rest) }
        try checkNames(in: rest, of: options)
        return words + (try spelled(early + rest, of: options))
    }

    /// Moves an option of every command and its value behind the verb; false when it is another.
    private mutating func takeEarlyOption() throws(Failure) -> Bool {
        let options = CommandOptions(of: GlobalOptions.self)
        guard let word = rest.popFirst(), let first = try spelled([word], of: options).first,
            let option = options.option(named: Self.name(of: first)) ?? Self.option(of: first, among: options),
            !option.longNames.contains("--help")
        else { return false }
        early.append(word)
        let hasValue = word.contains("=") || !word.hasPrefix("--") && word.count > 2
        if option.takesValue, !hasValue, let value = rest.popFirst() { early.append(value) }
        return true
    }

    /// The name that is meant, also where `endpoint` stands for `batch-endpoint`.
    private static func nearest(to word: String, among names: [String]) -> String? {
        let noun = { (name: String) in name.split(separator: "-").last.map(String.init) ?? name }
        return NearestKey.of(word, among: names)
            ?? NearestKey.of(noun(word), among: names.map(noun)).flatMap { found in names.first { noun($0) == found } }
    }

    /// The only command of a name among those below a group's nouns, with its noun: `batch-endpoint invoke` of `invoke`.
    private static func command(named word: String, below group: any ParsableCommand.Type) -> String? {
        let found = group.configuration.subcommands.flatMap { noun in
            noun.configuration.subcommands.filter { $0.configuration.shouldDisplay && $0.names.contains(word) }
                .map { _ in "\(noun._commandName) \(word)" }
        }
        return found.count == 1 ? found.first : nil
    }

    /// Refuses help on a command that does not exist: the parser would show the help of the program.
    private func checkTopic(_ topic: ArraySlice<String>) throws(Failure) {
        var found = command
        for (index, word) in topic.enumerated() where !word.hasPrefix("-") {
            let subcommands = found.configuration.subcommands
            if let next = subcommands.first(where: { $0.names.contains(word) }) {
                found = next
                continue
            }
            let shown = subcommands.filter { $0.configuration.shouldDisplay }.flatMap { $0.names }
            let nearest = Self.nearest(to: word, among: shown) ?? Self.command(named: word, below: found)
            let before = (words + ["help"] + topic.prefix(index)).joined(separator: " ")
            let others = shown.isEmpty ? "See: batchstudio \(before)" : "There are: \(shown.joined(separator: ", "))."
            let advice = nearest.map { "Did you mean '\(before) \($0)'?" } ?? others
            throw Failure(text: "ERROR: There is no help on '\(word)'. \(advice)", exitCode: 2)
        }
    }

    private mutating func descend(to word: String) throws(Failure) {
        let subcommands = command.configuration.subcommands
        if let found = subcommands.first(where: { $0.names.contains(word) }) {
            command = found
            words.append(word)
            return
        }
        if words.isEmpty, let reason = AzureOnlyNoun.reason(word) {
            throw Failure(text: "ERROR: \(reason)", exitCode: 2)
        }
        let typed = (words + [word]).joined(separator: " ")
        let shown = subcommands.filter { $0.configuration.shouldDisplay }.flatMap { $0.names }
        let advice =
            (Self.nearest(to: word, among: shown) ?? Self.command(named: word, below: command)).map {
                "Did you mean '\($0)'?"
            } ?? "There are: \(shown.joined(separator: ", "))."
        throw Failure(
            text: """
                ERROR: Unknown command '\(typed)'. \(advice)
                Usage: \(BatchStudio.usageString(for: command))
                  See '\((["batchstudio"] + words + ["--help"]).joined(separator: " "))' for more information.
                """,
            exitCode: 2
        )
    }
}

extension ArgumentSpelling {
    /// Refuses an option that is a slip of another: the parser would rather miss what the slip stands for.
    private func checkNames(in words: ArraySlice<String>, of options: CommandOptions) throws(Failure) {
        guard !options.takesUnknownWords else { return }
        for word in words.prefix(while: { $0 != "--" }) where word.hasPrefix("--") {
            let name = Self.name(of: word)
            guard options.names(startingWith: name).isEmpty,
                let meant = NearestKey.of(name, among: options.options.flatMap(\.longNames))
            else { continue }
            throw Failure(
                text: """
                    ERROR: Unknown option '\(name)'. Did you mean '\(meant)'?
                    Usage: \(BatchStudio.usageString(for: command))
                      See '\((["batchstudio"] + self.words + ["--help"]).joined(separator: " "))' for more information.
                    """,
                exitCode: 2
            )
        }
    }

    /// Options as ArgumentParser takes them; values, and what the command does not declare, stay as they are.
    private func spelled(_ words: [String], of options: CommandOptions) throws(Failure) -> [String] {
        var result: [String] = []
        for (index, word) in words.enumerated() {
            if word == "--" { return result + words[index...] }
            if word.hasPrefix("--") {
                result.append(try spelledLong(word, options))
            } else if word.hasPrefix("-") {
                // `--error-threshold -1`: a number is no option.
                if Double(word) != nil, let last = result.last, options.option(named: last)?.takesValue == true {
                    result[result.count - 1] = "\(last)=\(word)"
                } else {
                    result += Self.spelledLetters(word, options)
                }
            } else {
                result.append(word)
            }
        }
        return result
    }

    /// `--endpoint=x` as `--endpoint-name=x`.
    private func spelledLong(_ word: String, _ options: CommandOptions) throws(Failure) -> String {
        let name = Self.name(of: word)
        let names = options.names(startingWith: name)
        if let full = names.first, names.count == 1 { return full + word.dropFirst(name.count) }
        if names.isEmpty || options.takesUnknownWords { return word }
        throw Failure(
            text: "ERROR: '\(name)' is ambiguous: it may be \(names.joined(separator: ", ")). Type more of the name.",
            exitCode: 2
        )
    }

    /// `-otsv` and `-o=tsv` as `-o tsv`, and `-yotsv` as `-y -o tsv`.
    private static func spelledLetters(_ word: String, _ options: CommandOptions) -> [String] {
        let letters = word.dropFirst()
        // `-name` is a slip of `--name`, which ArgumentParser names.
        guard letters.count > 1, let first = letters.first, let option = options.option(first),
            options.option(named: "-" + word) == nil
        else { return [word] }
        let rest = String(letters.dropFirst())
        guard option.takesValue else {
            let others = spelledLetters("-" + rest, options)
            let isKnown = others.first.flatMap { Self.option(of: $0, among: options) } != nil
            return isKnown ? ["-\(first)"] + others : [word]
        }
        let value = rest.hasPrefix("=") ? String(rest.dropFirst()) : rest
        // A value that begins with a hyphen must not be taken for an option.
        guard value.isEmpty || value.hasPrefix("-"), let name = option.longNames.first else {
            return ["-\(first)", value]
        }
        return ["\(name)=\(value)"]
    }

    /// `--name` of `--name=value`.
    private static func name(of word: String) -> String { String(word.prefix { $0 != "=" }) }

    /// The option that `-o` is.
    private static func option(of word: String, among options: CommandOptions) -> CommandOptions.Option? {
        guard word.count == 2, word.hasPrefix("-"), let letter = word.last else { return nil }
        return options.option(letter)
    }
}

extension ParsableCommand {
    /// The command's name and its aliases.
    fileprivate static var names: [String] { [_commandName] + configuration.aliases }
}
