extension Job {
    /// The maximum number of notes.
    package static let maxNotes = 50
    /// The maximum length of a note, in characters.
    package static let maxNoteLength = 500

    /// Adds notes that are not there yet, as far as there is room, and returns those that were added.
    package mutating func add(notes new: [String]) -> [String] {
        var added: [String] = []
        for note in new.map(Self.noteLine) where !note.isEmpty && !notes.contains(note) && notes.count < Self.maxNotes {
            notes.append(note)
            added.append(note)
        }
        return added
    }

    private static func noteLine(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count <= maxNoteLength ? line : line.prefix(maxNoteLength - 1) + "…"
    }
}
