/// Collects what stands between the two marks of a bracketed paste.
struct PasteBuffer {
    private var bytes: [UInt8] = []
    private static let end = Array("\u{1b}[201~".utf8)

    /// Takes bytes off the front; gives back the whole text once the end mark has come.
    mutating func take(_ input: inout ArraySlice<UInt8>) -> String? {
        while let byte = input.popFirst() {
            bytes.append(byte)
            guard byte == 0x7e, bytes.suffix(Self.end.count).elementsEqual(Self.end) else { continue }
            bytes.removeLast(Self.end.count)
            return text
        }
        return nil
    }

    /// Terminals send the line ends of a paste as CR; CR LF is one character in Swift.
    private var text: String {
        String(
            String(decoding: bytes, as: UTF8.self).map { character -> Character in
                character == "\r" || character == "\r\n" ? "\n" : character
            }
        )
    }
}
