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

extension YAMLNode {
    /// A value as the node that reading its YAML would give, without places.
    init(value: ManifestValue) {
        switch value {
        case .null: self.init(.null)
        case .string(let text): self.init(.scalar(text, isPlain: false))
        case .int, .double, .bool: self.init(.scalar(value.inline, isPlain: true))
        case .list(let elements): self.init(.sequence(elements.map { YAMLNode(value: $0) }))
        case .mapping(let entries):
            self.init(.mapping(entries.map { Entry(key: $0.key, value: YAMLNode(value: $0.value)) }))
        }
    }
}
