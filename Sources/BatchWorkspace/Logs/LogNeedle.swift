/// A text that lines are searched for; the case of ASCII letters doesn't matter.
struct LogNeedle {
    private let folded: [UInt8]
    private let first: UInt8
    private let other: UInt8

    /// Nil for an empty text, which every line contains.
    init?(_ text: String) {
        folded = text.utf8.map(Self.folded)
        guard let first = folded.first else { return nil }
        self.first = first
        other = UInt8(ascii: "a")...UInt8(ascii: "z") ~= first ? first - 32 : first
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte + 32 : byte
    }

    func isFound(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
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
