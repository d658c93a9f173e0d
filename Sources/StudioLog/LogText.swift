/// Text of any origin as it is written to a log.
enum LogText {
    /// One line: what ends a line, moves a cursor or turns the direction of reading is written as `\u{1b}`.
    static func line(_ text: String) -> String { escaped(text) { isHarmful($0) } }

    /// The same, except that line breaks and tabs stay.
    static func lines(_ text: String) -> String { escaped(text) { isHarmful($0) && $0 != "\n" && $0 != "\t" } }

    private static func escaped(_ text: String, _ isEscaped: (Unicode.Scalar) -> Bool) -> String {
        guard text.unicodeScalars.contains(where: isEscaped) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\n" && isEscaped(scalar) {
                result += "\\n"
            } else if isEscaped(scalar) {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: false
        }
    }
}
