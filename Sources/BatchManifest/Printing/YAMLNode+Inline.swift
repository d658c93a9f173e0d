extension YAMLNode {
    /// The node as YAML in one line; plain text stays plain where it can.
    var inline: String {
        switch content {
        case .null: "null"
        case .scalar(let text, let isPlain):
            isPlain && !text.unicodeScalars.contains { ",[]{}".unicodeScalars.contains($0) || $0.mustBeEscaped }
                ? text : ManifestValue.string(text).inline
        case .sequence(let elements): "[" + elements.map(\.inline).joined(separator: ", ") + "]"
        case .mapping(let entries):
            "{" + entries.map { "\(ManifestValue.string($0.key).inline): \($0.value.inline)" }.joined(separator: ", ")
                + "}"
        }
    }
}
