import DisplayText

/// A line of a log as it is shown: its time and origin, then its text without escape sequences.
package struct LogRow: Equatable, Sendable {
    /// Its time; empty where it has none.
    package var time: String
    /// The name of its origin.
    package var source: String
    /// The colour of its origin.
    package var sourceRole: Role
    /// Its text.
    package private(set) var text: String
    /// The colour of its text.
    package var role: Role

    /// Takes a text, which may hold anything that a program writes.
    package init(
        _ text: String,
        time: String = "",
        source: String = "",
        sourceRole: Role = .muted,
        role: Role = .logInfo
    ) {
        self.text = Self.cleaned(text)
        self.time = time
        self.source = source
        self.sourceRole = sourceRole
        self.role = role
    }

    private static func cleaned(_ line: String) -> String {
        if line.utf8.allSatisfy({ 0x20..<0x7f ~= $0 }) { return line }
        var text = ""
        for glyph in Glyphs(TerminalText.withoutSequences(line)) { text.append(glyph.character) }
        return text
    }
}

/// The lines of a log that are in memory: all of it, or a window of it.
package struct LogRows: Equatable, Sendable {
    /// The lines, oldest first.
    package var rows: [LogRow]
    /// True when there are no lines before these.
    package var isStart: Bool
    /// True when there are no lines after these.
    package var isEnd: Bool

    /// Takes lines, all there are unless told otherwise.
    package init(_ rows: [LogRow] = [], isStart: Bool = true, isEnd: Bool = true) {
        self.rows = rows
        self.isStart = isStart
        self.isEnd = isEnd
    }
}
