/// The content of one cell, or of two cells when it is wide.
package struct Glyph: Equatable {
    package var character: Character
    /// 1 or 2.
    package var width: Int

    package init(character: Character, width: Int) {
        self.character = character
        self.width = width
    }
}

/// Text as a terminal may have it: one spacing character a cell, nothing that terminals disagree on, no commands.
///
/// Job logs, names and predictions are untrusted, and an escape sequence in them would be obeyed. Joined emoji, style selectors
/// and skin tones take a different width in every terminal, so only their first character stays (measured 2025, tmux 3.3a,
/// libvterm 0.1.4, glibc 2.36).
package struct Glyphs<Text: StringProtocol>: Sequence, IteratorProtocol {
    private var scalars: Text.UnicodeScalarView.Iterator
    /// A glyph whose combining marks may still follow.
    private var open: Glyph?
    private var followsJoiner = false

    package init(_ text: Text) {
        scalars = text.unicodeScalars.makeIterator()
    }

    package mutating func next() -> Glyph? {
        while let scalar = scalars.next() {
            guard let begun = begin(scalar) else { continue }
            defer { open = begun }
            if let done = open { return done }
        }
        defer { open = nil }
        return open
    }

    /// The glyph that a scalar begins; nil when it is dropped or joins the open one.
    private mutating func begin(_ scalar: Unicode.Scalar) -> Glyph? {
        let value = scalar.value
        if value >= 0x20 && value < 0x7f {
            followsJoiner = false
            return Glyph(character: Character(scalar), width: 1)
        }
        if scalar == "\n" || scalar == "\t" { return Glyph(character: " ", width: 1) }
        if scalar.isTerminalControl || isInvisible(scalar) {
            followsJoiner = scalar == "\u{200d}"
            return nil
        }
        switch ScalarWidth(scalar) {
        case .unassigned: return Glyph(character: "\u{fffd}", width: 1)
        case .columns(0):
            combine(scalar)
            return nil
        case .columns(let width):
            defer { followsJoiner = false }
            // What is joined to an emoji, or tones its skin, melts into it on some terminals and not on others.
            if width == 2, open?.width == 2, followsJoiner || (0x1f3fb...0x1f3ff).contains(value) { return nil }
            return Glyph(character: Character(scalar), width: width)
        }
    }

    private mutating func combine(_ scalar: Unicode.Scalar) {
        // A cell of ncurses holds five wide characters.
        guard let base = open, base.character.unicodeScalars.count < 4 else { return }
        var text = String(base.character)
        text.unicodeScalars.append(scalar)
        // Character(_:) takes one grapheme only, and not every scalar of width 0 joins its neighbour.
        if text.count == 1 { open?.character = Character(text) }
    }

    /// Joiners, style selectors and tags: they change the look of other text, or hide in it.
    private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xad, 0x600...0x605, 0x180b...0x180f, 0x200b...0x200d, 0x2060...0x206f, 0xfe00...0xfe0f, 0xe0000...0xe0fff:
            true
        default: false
        }
    }
}
