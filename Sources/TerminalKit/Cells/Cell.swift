/// One column of one row of the screen.
package struct Cell: Hashable, Sendable {
    /// The glyph of the cell; a space in the right half of a wide glyph.
    package var glyph: Character
    /// How it looks.
    package var style: Style
    /// True when this is the right half of the wide glyph to its left.
    package var isContinuation: Bool

    /// Makes an ordinary cell, empty unless a glyph is given.
    package init(_ glyph: Character = " ", _ style: Style = .plain) {
        self.init(glyph, style, isContinuation: false)
    }

    init(_ glyph: Character, _ style: Style, isContinuation: Bool) {
        self.glyph = glyph
        self.style = style
        self.isContinuation = isContinuation
    }
}
