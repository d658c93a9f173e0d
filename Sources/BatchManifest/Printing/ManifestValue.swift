/// A value as Azure's commands print it: keys keep their order, and one tree gives JSON and YAML.
package indirect enum ManifestValue: Equatable, Sendable {
    /// Text.
    case string(String)
    /// A whole number.
    case int(Int)
    /// A number with a fraction.
    case double(Double)
    /// True or false.
    case bool(Bool)
    /// Nothing.
    case null
    /// A list.
    case list([ManifestValue])
    /// Keys and values in the order in which they are printed.
    case mapping([Entry])

    /// A key with its value.
    package struct Entry: Equatable, Sendable {
        /// The key, unique in its mapping.
        package var key: String
        /// The value.
        package var value: ManifestValue

        package init(_ key: String, _ value: ManifestValue) {
            self.key = key
            self.value = value
        }
    }

    /// A mapping of names to texts, sorted by name: tags and the like.
    package init(_ labels: [String: String]) {
        self = .mapping(labels.sorted { $0.key < $1.key }.map { Entry($0.key, .string($0.value)) })
    }

    /// A string, or null.
    package init(_ text: String?) {
        self = text.map { .string($0) } ?? .null
    }

    /// The entries of a mapping, nil for everything else.
    package var entries: [Entry]? {
        if case .mapping(let entries) = self { entries } else { nil }
    }

    /// The elements of a list, nil for everything else.
    package var elements: [ManifestValue]? {
        if case .list(let elements) = self { elements } else { nil }
    }

    /// The value of a mapping's key.
    package subscript(key: String) -> ManifestValue? { entries?.first { $0.key == key }?.value }
}

extension ManifestValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
    package init(dictionaryLiteral entries: (String, ManifestValue)...) {
        self = .mapping(entries.map { Entry($0.0, $0.1) })
    }

    package init(arrayLiteral elements: ManifestValue...) { self = .list(elements) }
    package init(stringLiteral text: String) { self = .string(text) }
    package init(integerLiteral number: Int) { self = .int(number) }
    package init(booleanLiteral truth: Bool) { self = .bool(truth) }
    package init(nilLiteral: ()) { self = .null }
}

extension ManifestValue {
    /// The mapping without the keys that hold nothing: null, empty text, empty lists and mappings.
    package var withoutEmpty: ManifestValue {
        guard let entries else { return self }
        return .mapping(
            entries.filter { entry in
                switch entry.value {
                case .null, .string(""), .list([]), .mapping([]): false
                default: true
                }
            }
        )
    }

    /// Puts a value at a path of keys, making the mappings on the way.
    mutating func put(_ value: ManifestValue, at path: ArraySlice<String>) {
        guard let key = path.first else {
            self = value
            return
        }
        var entries = entries ?? []
        let index = entries.firstIndex { $0.key == key } ?? entries.endIndex
        if index == entries.endIndex { entries.append(Entry(key, .mapping([]))) }
        entries[index].value.put(value, at: path.dropFirst())
        self = .mapping(entries)
    }

    /// A YAML node's value; every scalar stays the text that it is, so that `3.10` does not become `3.1`.
    init(_ node: YAMLNode) {
        switch node.content {
        case .null: self = .null
        case .scalar(let text, _): self = .string(text)
        case .sequence(let elements): self = .list(elements.map { ManifestValue($0) })
        case .mapping(let entries): self = .mapping(entries.map { Entry($0.key, ManifestValue($0.value)) })
        }
    }
}
