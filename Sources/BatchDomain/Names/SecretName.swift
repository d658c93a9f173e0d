/// Tells by its name whether a variable holds a secret, whose value is then shown nowhere.
package enum SecretName {
    /// What stands in the place of a secret.
    package static let mask = "***"

    private static let words = [
        "KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "CONNECTION_STRING", "SAS",
    ]

    /// Whether a name has one of the words that name secrets, as a part between `_` or at its end: `HF_TOKEN`, `apiKey`.
    package static func isSecret(_ name: String) -> Bool {
        let name = name.uppercased()
        let parts = name.split { !$0.isLetter && !$0.isNumber }
        return words.contains { word in
            name.hasSuffix(word) || parts.contains { $0 == word || $0 == word + "S" }
                || (word.contains("_") && name.contains(word))
        }
    }

    /// Variables with the values of secrets masked.
    package static func masked(_ variables: [String: String]) -> [String: String] {
        variables.reduce(into: [:]) { $0[$1.key] = isSecret($1.key) && !$1.value.isEmpty ? mask : $1.value }
    }
}
