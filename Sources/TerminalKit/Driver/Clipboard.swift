/// The clipboard of the terminal, which works over SSH as well (OSC 52).
///
/// The terminal's answer is unknown: tmux does with `set-clipboard on` only, so say “sent to the terminal's
/// clipboard”, not “copied”.
package enum Clipboard {
    /// The most that terminals take, in bytes after encoding (xterm's limit).
    static let longest = 74_994

    /// The sequence that copies text; nil when it is too long.
    package static func sequence(copying text: String) -> String? {
        let encoded = base64(Array(text.utf8))
        guard encoded.utf8.count <= longest else { return nil }
        return "\u{1b}]52;c;\(encoded)\u{7}"
    }

    /// Foundation has this too, at 9 MB of memory.
    static func base64(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(0) { $0 << 8 | Int($1) }
            bits <<= 8 * (3 - group.count)
            for place in 0..<4 {
                text.append(place <= group.count ? letters[bits >> (18 - 6 * place) & 63] : "=")
            }
        }
        return text
    }
}
