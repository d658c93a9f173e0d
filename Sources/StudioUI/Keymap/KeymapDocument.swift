/// The list of keys as a page of the documentation, written from the keymap.
enum KeymapDocument {
    /// The page, in Markdown.
    static func text(_ keymap: Keymap = Keymap()) -> String {
        var lines = [
            "# Keys of the studio",
            "",
            "`?` shows those that work where you are, and why some do not. To choose your own, write",
            "`~/.config/batchstudio/keymap.yaml`: a command and its keys on each line, only what differs.",
            "A mistake in it is reported when the studio opens; a command without a key stays in the palette.",
            "",
            "```yaml",
            "job.cancel: ctrl+k",
            "app.theme: [f2, alt+t]",
            "app.leave:",
            "```",
        ]
        for context in KeyContext.allCases {
            let bindings = keymap.bindings.filter { $0.contexts.contains(context) }
            guard !bindings.isEmpty else { continue }
            lines += ["", "## \(context.title)", "", "| Keys | Does | Command |", "|---|---|---|"]
            for binding in bindings {
                let keys = binding.keys.map { "`\($0)`" }.joined(separator: " ")
                lines.append("| \(keys) | \(binding.help) | `\(binding.command.rawValue)` |")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
