/// How a cell looks: two colours and attributes.
package struct Style: Hashable, Sendable {
    /// The attributes of a glyph besides its colors.
    package struct Attributes: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Heavier, or brighter where a terminal has no heavy face.
        package static let bold = Attributes(rawValue: 1)
        /// Fainter.
        package static let dim = Attributes(rawValue: 2)
        /// Foreground and background changed over.
        package static let reverse = Attributes(rawValue: 4)
        /// A line below the glyph.
        package static let underline = Attributes(rawValue: 8)
        /// Slanted.
        package static let italic = Attributes(rawValue: 16)
    }

    /// The colour of the glyph.
    package var foreground: Color
    /// The colour behind the glyph.
    package var background: Color
    /// Bold, dim and the like.
    package var attributes: Attributes

    /// Combines colours and attributes; what is left out is the terminal's own.
    package init(foreground: Color = .standard, background: Color = .standard, attributes: Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// The terminal's own colours, no attributes.
    package static let plain = Style()

    /// The same glyph colour and attributes on another background.
    package func on(_ color: Color) -> Style {
        Style(foreground: foreground, background: color, attributes: attributes)
    }
}
