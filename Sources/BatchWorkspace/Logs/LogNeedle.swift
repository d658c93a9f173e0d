import DisplayText

/// A text that lines are searched for as they are shown, in either case.
struct LogNeedle {
    private let text: String
    private let folded: [UInt8]
    private let first: UInt8
    private let other: UInt8
    private let isASCII: Bool
    private let hasSpace: Bool

    /// Nil for an empty text, which every line contains.
    init?(_ text: String) {
        self.text = text.lowercased()
        folded = text.utf8.map(Self.folded)
        guard let first = folded.first else { return nil }
        self.first = first
        other = UInt8(ascii: "a")...UInt8(ascii: "z") ~= first ? first - 32 : first
        isASCII = folded.allSatisfy { $0 < 0x80 }
        hasSpace = folded.contains(UInt8(ascii: " "))
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte + 32 : byte
    }

    /// Returns whether the text is in what a line shows.
    func isFound(in line: UnsafeBufferPointer<UInt8>) -> Bool {
        let isPlain = !line.contains(0x1b) && !(hasSpace && line.contains(UInt8(ascii: "\t")))
        if isASCII, isPlain { return isFoundAsItIs(in: line) }
        return TerminalText.withoutSequences(String(decoding: line, as: UTF8.self)).lowercased().contains(text)
    }

    private func isFoundAsItIs(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= folded.count else { return false }
        return folded.withUnsafeBufferPointer { needle in
            for start in 0...bytes.count - needle.count where bytes[start] == first || bytes[start] == other {
                var index = 1
                while index < needle.count, Self.folded(bytes[start + index]) == needle[index] { index += 1 }
                if index == needle.count { return true }
            }
            return false
        }
    }
}
