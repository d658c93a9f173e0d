import BatchDomain

extension ManifestValue {
    /// The value as it is shown: environment variables whose names are those of secrets have a mask for a value, and
    /// addresses anywhere, those of package indexes above all, are without their passwords and signatures.
    package var maskingSecrets: ManifestValue {
        switch self {
        case .list(let elements): .list(elements.map(\.maskingSecrets))
        case .mapping(let entries):
            .mapping(
                entries.map { entry in
                    Entry(
                        entry.key,
                        entry.key == Setting.environmentVariables.key
                            ? entry.value.maskedVariables : entry.value.maskingSecrets
                    )
                }
            )
        case .string(let text): .string(SecretMask.masked(text))
        case .int, .double, .bool, .null: self
        }
    }

    private var maskedVariables: ManifestValue {
        guard let entries else { return self }
        return .mapping(
            entries.map { entry in
                guard case .string(let text) = entry.value else {
                    return SecretName.isSecret(entry.key) ? Entry(entry.key, .string(SecretName.mask)) : entry
                }
                return Entry(entry.key, .string(SecretName.masked(text, of: entry.key)))
            }
        )
    }
}
