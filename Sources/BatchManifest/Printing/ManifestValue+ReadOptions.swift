package import BatchDomain

extension ManifestValue {
    /// Read options as a file gives them.
    package init(_ options: ReadOptions) {
        self = .mapping(options.given.map { Entry($0.option.key, ManifestValue($0.value)) })
    }

    /// The value of one read option.
    package init(_ value: ReadOptionValue) {
        switch value {
        case .text(let text): self = .string(text)
        case .truth(let truth): self = .bool(truth)
        case .number(let number): self = .int(number)
        case .list(let values): self = .list(values.map { ManifestValue($0) })
        case .mapping(let entries):
            self = .mapping(entries.sorted { $0.key < $1.key }.map { Entry($0.key, ManifestValue($0.value)) })
        }
    }
}
