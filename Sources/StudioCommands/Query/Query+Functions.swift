import BatchManifest

extension Query.Function {
    /// What the function makes of its arguments; null where they are of a kind that it does not take.
    func result(_ arguments: [Query.Operand], in value: ManifestValue) -> ManifestValue {
        let first = arguments[0].value(in: value)
        // `&name` is taken of each element, not of the value.
        let second = argumentCount == 2 ? arguments[1] : .literal(.null)
        switch self {
        case .length: return Self.length(of: first)
        case .keys: return first.entries.map { .list($0.map { .string($0.key) }) } ?? .null
        case .contains: return Self.contains(first, second.value(in: value))
        case .startsWith: return Self.compare(first, second.value(in: value)) { $0.hasPrefix($1) }
        case .endsWith: return Self.compare(first, second.value(in: value)) { $0.hasSuffix($1) }
        case .join:
            guard case .string(let glue) = first, let parts = second.value(in: value).elements else { return .null }
            return .string(parts.map(\.plainText).joined(separator: glue))
        case .reverse:
            if case .string(let text) = first { return .string(String(text.reversed())) }
            return first.elements.map { .list($0.reversed()) } ?? .null
        case .sort: return first.elements.map { .list(Self.sorted($0) { $0 }) } ?? .null
        case .sortBy: return first.elements.map { .list(Self.sorted($0, by: second.value)) } ?? .null
        case .minBy: return first.elements.flatMap { Self.sorted($0, by: second.value).first } ?? .null
        case .maxBy: return first.elements.flatMap { Self.sorted($0, by: second.value).last } ?? .null
        }
    }

    private static func length(of value: ManifestValue) -> ManifestValue {
        switch value {
        case .string(let text): .int(text.count)
        case .list(let elements): .int(elements.count)
        case .mapping(let entries): .int(entries.count)
        case .int, .double, .bool, .null: .null
        }
    }

    private static func contains(_ whole: ManifestValue, _ part: ManifestValue) -> ManifestValue {
        if let elements = whole.elements { return .bool(elements.contains { $0.isSame(as: part) }) }
        return compare(whole, part) { $0.contains($1) }
    }

    private static func compare(
        _ first: ManifestValue,
        _ second: ManifestValue,
        _ test: (String, String) -> Bool
    ) -> ManifestValue {
        guard case .string(let text) = first, case .string(let other) = second else { return .bool(false) }
        return .bool(test(text, other))
    }

    /// Sorted without changing the order of what is equal, as JMESPath demands; what can't be compared comes last.
    private static func sorted(
        _ elements: [ManifestValue],
        by key: (ManifestValue) -> ManifestValue
    ) -> [ManifestValue] {
        let keyed = elements.map { (key: key($0), value: $0) }
        let known = keyed.filter { $0.key != .null }.sorted { $0.key.isOrdered(before: $1.key) == true }
        return (known + keyed.filter { $0.key == .null }).map(\.value)
    }
}
