/// The output of programs for a terminal, as text.
package enum TerminalText {
    /// Takes whole escape sequences out and spreads tabs; what is left of control characters, cells refuse anyway.
    package static func withoutSequences(_ line: String) -> String {
        guard line.utf8.contains(where: { $0 == 0x1b || $0 == 0x09 || $0 == 0x0d }) else { return line }
        var text = ""
        var rest = line.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\u{1b}": skipSequence(&rest)
            case "\t": text += String(repeating: " ", count: 8 - text.displayWidth % 8)
            // A progress bar that begins its line again: the last state is what one would see.
            case "\r" where !rest.isEmpty: text = ""
            case "\r": break
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    private static func skipSequence(_ rest: inout Substring.UnicodeScalarView) {
        switch rest.popFirst() {
        case "[":
            while let scalar = rest.popFirst(), !(0x40...0x7e).contains(scalar.value) {}
        case "]", "P", "_", "^", "X":
            while let scalar = rest.popFirst() {
                if scalar == "\u{7}" { return }
                if scalar == "\u{1b}" {
                    _ = rest.popFirst()
                    return
                }
            }
        default: break
        }
    }
}
