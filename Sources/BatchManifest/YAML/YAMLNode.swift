package import BatchDomain

/// A value in a YAML document, with its place.
package struct YAMLNode: Equatable, Sendable {
    /// The content of a node.
    package enum Content: Equatable, Sendable {
        /// Nothing: `~`, `null` or no text at all.
        case null
        /// Text as written; plain means without quotes, so that `1` may be a number.
        case scalar(String, isPlain: Bool)
        /// A list.
        case sequence([YAMLNode])
        /// Keys and values in the file's order, each key once.
        case mapping([Entry])
    }

    /// A key with its value.
    package struct Entry: Equatable, Sendable {
        /// The key's text.
        package var key: String
        /// Where the key stands.
        package var location: SourceLocation?
        /// The value.
        package var value: YAMLNode
    }

    /// Its content.
    package var content: Content
    /// Where it begins; nil for values that came from flags.
    package var location: SourceLocation?

    init(_ content: Content, at location: SourceLocation? = nil) {
        self.content = content
        self.location = location
    }

    /// True when it holds nothing.
    package var isNull: Bool { content == .null }

    /// A scalar's text, nil for everything else.
    package var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// A list's elements, nil for everything else.
    package var elements: [YAMLNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    /// A mapping's entries, nil for everything else.
    package var entries: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The value of a mapping's key.
    package subscript(key: String) -> YAMLNode? { entries?.first { $0.key == key }?.value }

    /// The kind of value as a user calls it.
    var noun: String {
        switch content {
        case .null: "nothing"
        case .scalar: "text"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
