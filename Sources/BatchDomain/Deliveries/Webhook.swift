/// A web server's address that takes messages about jobs.
package struct Webhook: Equatable, Sendable, Codable {
    /// Where the key is that messages are signed with; the key itself is in no file or table of the workspace's database.
    package enum Secret: Equatable, Sendable, Codable {
        /// The value of a variable of the shell that makes the job or the schedule; kept with the secrets of the workspace.
        case variable(String)
        /// The content of a file, read for each message.
        case file(String)
    }

    /// The address.
    package var url: String
    /// The key that messages are signed with; nil for messages that are not signed.
    package var secret: Secret?

    package init(url: String, secret: Secret? = nil) {
        self.url = url
        self.secret = secret
    }

    /// Reads an address that may be sent to.
    ///
    /// - Throws: A ``Problem`` of the field.
    package static func url(_ text: String, field: String) throws(Problem) -> String {
        let rest = ["https://", "http://"].first(where: text.hasPrefix).map { text.dropFirst($0.count) }
        let host = rest?.prefix { !"/?#".contains($0) } ?? ""
        if rest == nil || host.isEmpty || text.contains(where: \.isWhitespace) || !text.utf8.allSatisfy({ $0 < 127 }) {
            throw Problem(
                field: field,
                value: SecretMask.masked(text),
                rule: "must be an address that begins with https:// or http://",
                example: "https://example.org/hooks/wine"
            )
        }
        if host.contains("@") {
            throw Problem(field: field, rule: "holds a password: sign the messages with a secret instead")
        }
        if text.hasSuffix("?" + Credentials.mask) {
            throw Problem(field: field, rule: "holds the mask that stands for a secret, not the secret")
        }
        return text
    }
}
