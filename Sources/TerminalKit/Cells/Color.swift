/// A red, green and blue colour of eight bits each.
package struct RGB: Hashable, Sendable {
    /// The red share, 0 to 255.
    package var red: UInt8
    /// The green share, 0 to 255.
    package var green: UInt8
    /// The blue share, 0 to 255.
    package var blue: UInt8

    /// Mixes a colour from its three shares.
    package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Reads six hexadecimal digits, with or without `#`.
    package init?(hex text: some StringProtocol) {
        let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
        // UInt32(_:radix:) takes a sign as well, so the digits are checked one by one.
        guard digits.count == 6, digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else {
            return nil
        }
        self.init(UInt8(value >> 16), UInt8(value >> 8 & 0xff), UInt8(value & 0xff))
    }
}

/// The colour of a cell's glyph or background.
package enum Color: Hashable, Sendable {
    /// Whatever the terminal shows by itself.
    case standard
    /// One of the terminal's own palette: 0 to 15 are the user's colours, 16 to 255 the fixed cube and greys.
    case indexed(UInt8)
    /// An exact colour, brought down to what the terminal can show when it is drawn.
    case rgb(RGB)

    /// Shortens `.rgb(RGB(…))`.
    package static func rgb(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Color {
        .rgb(RGB(red, green, blue))
    }
}
