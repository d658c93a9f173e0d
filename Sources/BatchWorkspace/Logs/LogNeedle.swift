import DisplayText
import Glibc

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
        if isPlain(line) { return isFoundAsItIs(in: line) }
        return TerminalText.withoutSequences(String(decoding: line, as: UTF8.self)).lowercased().contains(text)
    }

    /// Returns false where the text is in no part of a line, whatever of it is shown.
    func mayBeFound(in line: UnsafeBufferPointer<UInt8>) -> Bool { !isPlain(line) || isFoundAsItIs(in: line) }

    /// True where the text and a line can be compared byte by byte.
    private func isPlain(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        isASCII && Self.firstIndex(of: 0x1b, in: line, from: 0) == nil
            && !(hasSpace && Self.firstIndex(of: UInt8(ascii: "\t"), in: line, from: 0) != nil)
    }

    private func isFoundAsItIs(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        folded.withUnsafeBufferPointer { needle in
            var (one, two) = (Self.firstIndex(of: first, in: bytes, from: 0), Int?.none)
            if other != first { two = Self.firstIndex(of: other, in: bytes, from: 0) }
            while let start = Self.first(one, two), start + needle.count <= bytes.count {
                var index = 1
                while index < needle.count, Self.folded(bytes[start + index]) == needle[index] { index += 1 }
                if index == needle.count { return true }
                if one == start { one = Self.firstIndex(of: first, in: bytes, from: start + 1) }
                if two == start { two = Self.firstIndex(of: other, in: bytes, from: start + 1) }
            }
            return false
        }
    }

    private static func first(_ one: Int?, _ two: Int?) -> Int? {
        guard let one, let two else { return one ?? two }
        return min(one, two)
    }

    /// The place of a byte; found by the C library, as most of a log is searched in vain.
    private static func firstIndex(of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard let base = bytes.baseAddress, start < bytes.count,
            let found = memchr(base + start, Int32(byte), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
}
