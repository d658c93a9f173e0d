extension StringProtocol {
    /// The text with what a terminal could take as a command written as `\u001b`, which inside of JSON means the same; line breaks
    /// and tabs stay.
    package var escapedForTerminal: String { escaped(\.isTerminalControl) }

    /// The same in one line: line breaks are written as `\n`, tabs as `\t`.
    package var escapedLine: String { escaped { $0.isTerminalControl || $0 == "\n" || $0 == "\t" } }

    private func escaped(_ isEscaped: (Unicode.Scalar) -> Bool) -> String {
        guard unicodeScalars.contains(where: isEscaped) else { return String(self) }
        var result = ""
        for scalar in unicodeScalars {
            switch scalar {
            case _ where !isEscaped(scalar): result.unicodeScalars.append(scalar)
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default:
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: Swift.max(0, 4 - hex.count)) + hex
            }
        }
        return result
    }
}

extension Unicode.Scalar {
    /// True when it moves the cursor, changes colours or turns the direction of reading; line breaks and tabs do not.
    var isTerminalControl: Bool {
        switch value {
        case 0x09, 0x0a: false
        case 0..<0x20, 0x7f...0x9f, 0x61c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: true
        default: false
        }
    }
}
