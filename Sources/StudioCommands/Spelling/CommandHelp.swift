import ArgumentParser

/// The help of a command as it is shown: the options that every command has are left to `batchstudio help options`.
enum CommandHelp {
    private static let title = "OPTIONS OF EVERY COMMAND:\n"
    private static let pointer = """
          --workspace, --output, --query, --verbose … of every command: see
          'batchstudio help options'.

        """

    /// A command's help without the part on the options of every command; that of the program and of `options` stays as it is.
    static func folded(_ help: String) -> String {
        guard let section = help.firstRange(of: title), !help.contains("\nUSAGE: batchstudio options "),
            !help.contains("\nENDPOINTS AND JOBS SUBCOMMANDS:")
        else { return help }
        let rest = help[section.upperBound...]
        let end = rest.firstRange(of: "\n\n")?.lowerBound ?? rest.endIndex
        let shown = help[..<section.lowerBound] + rest[end...].drop { $0 == "\n" }
        return usage(String(shown)).trimmingTrailingNewlines + "\n\n" + pointer
    }

    /// The help with the usage line without those options.
    private static func usage(_ help: String) -> String {
        help.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard line.hasPrefix("USAGE: ") else { return String(line) }
            return GlobalOptions.usages.reduce(String(line)) { $0.replacing(" " + $1, with: "") }
        }.joined(separator: "\n")
    }
}

extension GlobalOptions {
    /// The options as the usage of a command has them.
    fileprivate static let usages = [
        "[--workspace <workspace>]", "[--output <output>]", "[--query <query>]", "[--verbose]", "[--debug]",
        "[--only-show-errors]",
    ]
}

extension String {
    fileprivate var trimmingTrailingNewlines: String {
        var text = self[...]
        while text.last == "\n" { text.removeLast() }
        return String(text)
    }
}
