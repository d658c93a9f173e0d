/// The signature of a webhook's message: HMAC-SHA256 (RFC 2104) over the time and the body, so that an old message can't be sent again as new.
package enum WebhookSignature {
    /// The header's value: `sha256=` and 64 hexadecimal digits.
    ///
    /// - Parameters:
    ///   - body: The message.
    ///   - timestamp: The seconds since 1970 at which it is sent, as its header has them.
    ///   - key: The secret.
    /// - Returns: The value.
    package static func header(of body: String, at timestamp: String, key: String) -> String {
        "sha256=" + hexadecimal(of: Array("\(timestamp).\(body)".utf8), key: Array(key.utf8))
    }

    /// The HMAC-SHA256 of bytes, as 64 hexadecimal digits.
    static func hexadecimal(of bytes: [UInt8], key: [UInt8]) -> String {
        let blockSize = 64
        var block = key.count > blockSize ? digest(of: key) : key
        block += [UInt8](repeating: 0, count: blockSize - block.count)
        let inner = digest(of: block.map { $0 ^ 0x36 } + bytes)
        var outer = SHA256()
        outer.update(block.map { $0 ^ 0x5c } + inner)
        return outer.finalize()
    }

    private static func digest(of bytes: [UInt8]) -> [UInt8] {
        var digest = SHA256()
        digest.update(bytes)
        let digits = Array(digest.finalize().utf8)
        return stride(from: 0, to: digits.count, by: 2).map { value(of: digits[$0]) << 4 | value(of: digits[$0 + 1]) }
    }

    private static func value(of digit: UInt8) -> UInt8 { digit < 58 ? digit - 48 : digit - 87 }
}
