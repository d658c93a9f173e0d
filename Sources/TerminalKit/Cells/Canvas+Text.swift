import DisplayText

/// A piece of text in one style; a line is made of several.
package struct Span: Equatable, Sendable {
    /// The text.
    package var text: String
    /// How it looks.
    package var style: Style

    /// Puts text and style together.
    package init(_ text: String, _ style: Style) {
        self.text = text
        self.style = style
    }
}

/// Where text stands in a space that is wider than it.
package enum Alignment: Sendable {
    /// At the left edge.
    case leading
    /// In the middle.
    case center
    /// At the right edge, for numbers.
    case trailing
}

extension Canvas {
    /// Writes text from a column on, cut off at the clip; gives back the column after the whole text.
    @discardableResult
    package mutating func write(
        _ text: some StringProtocol,
        x: Int,
        y: Int,
        style: Style,
        clip: Rect? = nil
    ) -> Int {
        let clip = clip?.intersection(bounds) ?? bounds
        var column = x
        for glyph in Glyphs(text) {
            put(glyph, x: column, y: y, style: style, clip: clip)
            column += glyph.width
        }
        return column
    }

    /// Writes pieces of text one after the other; gives back the column after the last one.
    @discardableResult
    package mutating func write(_ spans: [Span], x: Int, y: Int, clip: Rect? = nil) -> Int {
        var column = x
        for span in spans { column = write(span.text, x: column, y: y, style: span.style, clip: clip) }
        return column
    }

    /// Writes text into the first row of an area, shortened with `…` when it does not fit.
    package mutating func line(
        _ text: some StringProtocol,
        in area: Rect,
        style: Style,
        alignment: Alignment = .leading
    ) {
        guard !area.isEmpty else { return }
        var glyphs = Array(Glyphs(text))
        var width = glyphs.reduce(0) { $0 + $1.width }
        if width > area.width {
            glyphs = Array(Glyphs(text.fitted(to: area.width)))
            width = glyphs.reduce(0) { $0 + $1.width }
        }
        let room = area.width - width
        let indent =
            switch alignment {
            case .leading: 0
            case .center: room / 2
            case .trailing: room
            }
        let clip = area.intersection(bounds)
        var column = area.x + indent
        for glyph in glyphs {
            put(glyph, x: column, y: area.y, style: style, clip: clip)
            column += glyph.width
        }
    }

    /// Draws a frame with round corners and an optional title in its upper edge.
    package mutating func frame(_ area: Rect, style: Style, title: String = "", titleStyle: Style? = nil) {
        guard area.width > 1, area.height > 1 else { return }
        let horizontal = String(repeating: "─", count: area.width - 2)
        write("╭" + horizontal + "╮", x: area.x, y: area.y, style: style)
        write("╰" + horizontal + "╯", x: area.x, y: area.maxY - 1, style: style)
        for y in (area.y + 1)..<(area.maxY - 1) {
            write("│", x: area.x, y: y, style: style)
            write("│", x: area.maxX - 1, y: y, style: style)
        }
        guard !title.isEmpty else { return }
        line(" \(title) ", in: area.row(0).inset(horizontal: 2), style: titleStyle ?? style)
    }
}
