/// Decides by its name whether a variable holds a secret, whose value is never shown.
package enum SecretName {
    /// The text in the place of a secret.
    package static let mask = "***"

    private static let words = [
        "KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "CONNECTION_STRING", "SAS",
    ]

    /// Returns whether a name has one of the words that name secrets, as a part between `_` or as its last part: `HF_TOKEN`, `apiKey`.
    package static func isSecret(_ name: String) -> Bool {
        let name = name.uppercased()
        let parts = name.split { !$0.isLetter && !$0.isNumber }
        return words.contains { word in
            name.hasSuffix(word) || parts.contains { $0 == word || $0 == word + "S" }
                || (word.contains("_") && name.contains(word))
        }
    }

    /// Variables as they are shown.
    package static func masked(_ variables: [String: String]) -> [String: String] {
        variables.reduce(into: [:]) { $0[$1.key] = masked($1.value, of: $1.key) }
    }

    /// The value of a variable as it is shown: nothing of a secret, of an address all but its password and signature.
    package static func masked(_ value: String, of name: String) -> String {
        isSecret(name) && !value.isEmpty ? mask : SecretMask.masked(value)
    }

    /// Returns whether a value is one that was shown, with the mask in place of what it hides.
    package static func isMasked(_ value: String, of name: String) -> Bool {
        isSecret(name) && value == mask || value.contains("://\(mask)@")
    }
}
