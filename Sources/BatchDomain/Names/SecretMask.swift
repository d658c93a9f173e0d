/// Takes credentials out of addresses, so that logs and records can be shown and sent around.
package enum SecretMask {
    /// The text with `user:password@` and signed query strings of every address replaced by `***`.
    package static func masked(_ text: String) -> String {
        guard text.contains("://") else { return text }
        var result = ""
        var rest = Substring(text)
        while let scheme = rest.firstRange(of: "://") {
            result += rest[..<scheme.upperBound]
            let address = rest[scheme.upperBound...].prefix { !$0.isWhitespace && !"\"'`<>),".contains($0) }
            result += masked(address: address)
            rest = rest[address.endIndex...]
        }
        return result + rest
    }

    private static func masked(address: Substring) -> String {
        var host = address
        var prefix = ""
        let authority = address.prefix { $0 != "/" && $0 != "?" }
        if let at = authority.lastIndex(of: "@") {
            prefix = "***@"
            host = address[address.index(after: at)...]
        }
        guard let query = host.firstIndex(of: "?") else { return prefix + host }
        let words = host[query...].lowercased()
        let isSecret = ["sig=", "token=", "key=", "password=", "signature="].contains { words.contains($0) }
        return isSecret ? prefix + host[...query] + "***" : prefix + host
    }
}
