import BatchManifest

/// The values of an answer as JMESPath sees them.
extension ManifestValue {
    /// The name of its type, as `type()` returns it.
    var queryType: String {
        switch self {
        case .string: "string"
        case .int, .double: "number"
        case .bool: "boolean"
        case .null: "null"
        case .list: "array"
        case .mapping: "object"
        }
    }

    /// False are null, `false` and empty strings, lists and mappings; 0 is true.
    var isTrue: Bool {
        switch self {
        case .null, .bool(false), .string(""), .list([]), .mapping([]): false
        case .bool, .string, .int, .double, .list, .mapping: true
        }
    }

    /// A number of either kind.
    var number: Double? {
        switch self {
        case .int(let number): Double(number)
        case .double(let number): number
        case .string, .bool, .null, .list, .mapping: nil
        }
    }

    /// A string.
    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The value of a key; null where there is none.
    func field(_ key: String) -> ManifestValue { entries?.first { $0.has(key) }?.value ?? .null }

    /// Equality that does not distinguish 5 from 5.0, nor mappings by the order of their keys.
    func isSame(as other: ManifestValue) -> Bool {
        switch (self, other) {
        case (.int(let number), .int(let otherNumber)): return number == otherNumber
        case (.string(let text), .string(let otherText)): return text.utf8.elementsEqual(otherText.utf8)
        case (.list(let elements), .list(let others)):
            return elements.count == others.count && zip(elements, others).allSatisfy { $0.isSame(as: $1) }
        case (.mapping(let entries), .mapping(let others)):
            return entries.count == others.count
                && entries.allSatisfy { entry in
                    others.contains { $0.has(entry.key) && $0.value.isSame(as: entry.value) }
                }
        default:
            if let number, let otherNumber = other.number { return number == otherNumber }
            return self == other
        }
    }

    /// Returns whether it comes before another number or string; nil when the two can't be compared.
    func isOrdered(before other: ManifestValue) -> Bool? {
        if case (.int(let number), .int(let otherNumber)) = (self, other) { return number < otherNumber }
        if let number, let otherNumber = other.number { return number < otherNumber }
        guard let string, let otherString = other.string else { return nil }
        // UTF-8 has the order of Unicode scalars.
        return string.utf8.lexicographicallyPrecedes(otherString.utf8)
    }
}

extension ManifestValue.Entry {
    /// Returns whether it has a key.
    ///
    /// Swift takes two spellings of one letter (é as one scalar or as two) for the same text, JMESPath does not.
    fileprivate func has(_ key: String) -> Bool { self.key == key && self.key.utf8.elementsEqual(key.utf8) }
}

extension [ManifestValue.Entry] {
    /// Sets the value of a key, which keeps its place if it is there.
    mutating func set(_ key: String, to value: ManifestValue) {
        if let index = firstIndex(where: { $0.has(key) }) {
            self[index].value = value
        } else {
            append(ManifestValue.Entry(key, value))
        }
    }
}
