/// Takes credentials out of addresses, so that logs and records can be shown and sent around.
package enum SecretMask {
    /// The text with `user:password@` and signed query strings of every address replaced by `***`.
    package static func masked(_ text: String) -> String {
        guard text.contains("://") else { return text }
        var result = ""
        var rest = Substring(text)
        while let scheme = rest.firstRange(of: "://") {
            result += rest[..<scheme.upperBound]
            rest = rest[scheme.upperBound...]
            // A password may have the characters that end an address in a sentence.
            let authority = rest.prefix { !$0.isWhitespace && !"/?\"`<>".contains($0) }
            if let at = authority.lastIndex(of: "@") {
                result += "***@"
                rest = rest[rest.index(after: at)...]
            }
            let address = rest.prefix { !$0.isWhitespace && !"\"'`<>),".contains($0) }
            result += masked(query: address)
            rest = rest[address.endIndex...]
        }
        return result + rest
    }

    private static func masked(query address: Substring) -> Substring {
        guard let query = address.firstIndex(of: "?") else { return address }
        let words = address[query...].lowercased()
        let isSecret = ["sig=", "token=", "key=", "password=", "signature="].contains { words.contains($0) }
        return isSecret ? address[...query] + "***" : address
    }
}
