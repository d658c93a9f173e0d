import BatchDomain

/// Commands as a user would type them.
enum ShellText {
    /// A command, its words quoted, a flag with its value on each line; a flag with an empty value stands alone.
    static func command(_ name: String, _ flags: [(flag: String, value: String?)]) -> String {
        let words = flags.compactMap { flag, value in
            value.map { $0.isEmpty ? flag : "\(flag) \(ShellWords.quoted($0))" }
        }
        return ([name] + words).joined(separator: " \\\n  ")
    }

    /// A file written from the command line.
    static func file(_ name: String, _ text: String) -> String {
        "cat > \(name) <<'EOF'\n\(text.hasSuffix("\n") ? text : text + "\n")EOF"
    }
}
