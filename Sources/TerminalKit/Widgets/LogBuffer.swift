import DisplayText

/// The last lines of a log, ready to be shown: without escape sequences, tabs as spaces.
package struct LogBuffer: Equatable, Sendable {
    /// How many lines are kept.
    package let capacity: Int
    /// The number of the first line that is kept; lines that fell out still count.
    package private(set) var firstNumber = 0
    private var ring: [String] = []
    /// Where the oldest line lies once the ring is full.
    private var head = 0
    /// The beginning of a line whose end has not come yet.
    private var open = ""
    private static let maxLineLength = 4000

    /// Keeps at most a number of lines.
    package init(capacity: Int = 10_000) {
        self.capacity = max(1, capacity)
    }

    /// How many lines there are.
    package var count: Int { ring.count + (open.isEmpty ? 0 : 1) }

    /// A line by its place among those that are kept.
    package subscript(index: Int) -> String {
        index < ring.count ? ring[(head + index) % ring.count] : Self.cleaned(open)
    }

    /// Adds a piece of the log, which may begin and end anywhere in a line.
    package mutating func append(_ text: String) {
        // Not by every newline: a carriage return alone begins the same line again.
        var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        let last = lines.removeLast()
        for line in lines {
            add(Self.cleaned(open + line))
            open = ""
        }
        open += last
        // A program that never ends its line must not fill the memory.
        if open.utf8.count > 4 * Self.maxLineLength { open = String(open.prefix(Self.maxLineLength)) }
    }

    private mutating func add(_ line: String) {
        guard ring.count == capacity else {
            ring.append(line)
            return
        }
        ring[head] = line
        head = (head + 1) % capacity
        firstNumber += 1
    }

    private static func cleaned(_ line: some StringProtocol) -> String {
        var text = ""
        var column = 0
        for glyph in Glyphs(TerminalText.withoutSequences(String(line.prefix(maxLineLength)))) {
            text.append(glyph.character)
            column += glyph.width
        }
        return text
    }
}

/// The output of programs for a terminal, as text.
enum TerminalText {
    /// Takes whole escape sequences out and spreads tabs; what is left of control characters, cells refuse anyway.
    static func withoutSequences(_ line: String) -> String {
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
