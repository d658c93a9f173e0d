/// Commands as a user would type them.
enum ShellText {
    /// A word, in quotes where the shell would tear or change it.
    static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:@=,+".contains($0)) }
        return isPlain
            ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// A command, its words quoted, a flag with its value on each line; a flag with an empty value stands alone.
    static func command(_ name: String, _ flags: [(flag: String, value: String?)]) -> String {
        let words = flags.compactMap { flag, value in value.map { $0.isEmpty ? flag : "\(flag) \(quoted($0))" } }
        return ([name] + words).joined(separator: " \\\n  ")
    }

    /// A file written from the command line.
    static func file(_ name: String, _ text: String) -> String {
        "cat > \(name) <<'EOF'\n\(text.hasSuffix("\n") ? text : text + "\n")EOF"
    }
}
