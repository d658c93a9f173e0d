extension String {
    /// The text without the sentences that name a command or a flag: in the studio there is nowhere to type them.
    package var withoutCommands: String {
        guard namesCommand else { return self }
        let text = split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line).sentences.filter { !$0.namesCommand }.joined(separator: " ")
        }.joined(separator: "\n")
        return text.isEmpty ? self : text
    }

    /// True when it has a command of the program or a flag in it: `batchstudio job list`, `--input`.
    package var namesCommand: Bool {
        let words = split { $0.isWhitespace || "\"'“”‘’()".contains($0) }
        let hasCommand = zip(words, words.dropFirst()).contains { $0 == "batchstudio" && Self.commands.contains($1) }
        return hasCommand || words.contains { $0.hasPrefix("--") && $0.dropFirst(2).first?.isLetter == true }
    }

    /// The words that make the program's name before them a command.
    private static let commands: Set<Substring> = [
        "batch-deployment", "batch-endpoint", "compute", "data", "datastore", "doctor", "environment", "executor",
        "job",
        "model", "sample", "score", "workspace",
    ]

    /// The sentences of a line: each ends with a period or with the line.
    private var sentences: [String] {
        var sentences: [String] = []
        var words: [Substring] = []
        for word in split(separator: " ", omittingEmptySubsequences: false) {
            words.append(word)
            guard word.hasSuffix(".") else { continue }
            sentences.append(words.joined(separator: " "))
            words = []
        }
        return words.isEmpty ? sentences : sentences + [words.joined(separator: " ")]
    }
}
