import BatchManifest

extension QueryCall {
    /// Evaluates the arguments, checks their types and returns the function's result.
    func evaluate(_ value: ManifestValue) throws(QueryFault) -> ManifestValue {
        var values: [ManifestValue] = []
        var reference = QueryExpression.current
        for (index, argument) in arguments.enumerated() {
            let parameter = function.parameters[min(index, function.parameters.count - 1)]
            switch argument {
            case .reference(let expression):
                if parameter != .reference { throw mismatch("an expression", parameter) }
                reference = expression
            case .value(let expression):
                let result = try expression.evaluate(value)
                if let received = parameter.mismatch(result) { throw mismatch(received, parameter) }
                values.append(result)
            }
        }
        return try result(values, reference)
    }

    private func mismatch(_ received: String, _ parameter: QueryParameter) -> QueryFault {
        .argumentType(received, expected: parameter.rawValue, in: self)
    }

    /// The function's result for arguments of the right types; the reference is not among the values.
    private func result(
        _ values: [ManifestValue],
        _ reference: QueryExpression
    ) throws(QueryFault) -> ManifestValue {
        let first = values[0]
        let elements = first.elements ?? []
        switch function {
        case .abs: return first.absolute
        case .avg: return elements.isEmpty ? .null : .double((elements.sum.number ?? 0) / Double(elements.count))
        case .ceil: return first.rounded(.up)
        case .contains: return .bool(first.contains(values[1]))
        case .endsWith: return .bool(Self.isSuffix(values[1], of: first))
        case .floor: return first.rounded(.down)
        case .join:
            return .string((values[1].elements ?? []).compactMap(\.string).joined(separator: first.string ?? ""))
        case .keys: return .list((first.entries ?? []).map { .string($0.key) })
        case .length: return .int(first.length)
        case .map:
            var results: [ManifestValue] = []
            for element in elements { results.append(try reference.evaluate(element)) }
            return .list(results)
        case .max: return elements.extreme(by: elements) { $1.isOrdered(before: $0) == true }
        case .maxBy:
            return elements.extreme(by: try keys(of: elements, reference)) { $1.isOrdered(before: $0) == true }
        case .merge: return Self.merged(values)
        case .min: return elements.extreme(by: elements) { $0.isOrdered(before: $1) == true }
        case .minBy:
            return elements.extreme(by: try keys(of: elements, reference)) { $0.isOrdered(before: $1) == true }
        case .notNull: return values.first { $0 != .null } ?? .null
        case .reverse:
            guard let text = first.string else { return .list(elements.reversed()) }
            return .string(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
        case .sort: return .list(elements.sorted(by: elements))
        case .sortBy: return .list(elements.sorted(by: try keys(of: elements, reference)))
        case .startsWith: return .bool((first.string ?? "").utf8.starts(with: (values[1].string ?? "").utf8))
        case .sum: return elements.sum
        case .toArray: return first.elements == nil ? .list([first]) : first
        case .toNumber: return first.asNumber
        case .toString: return first.string == nil ? .string(first.compactJSON) : first
        case .type: return .string(first.queryType)
        case .values: return .list((first.entries ?? []).map(\.value))
        }
    }

    /// The keys by which elements are ordered: all numbers or all strings.
    private func keys(
        of elements: [ManifestValue],
        _ reference: QueryExpression
    ) throws(QueryFault) -> [ManifestValue] {
        var keys: [ManifestValue] = []
        for element in elements {
            let key = try reference.evaluate(element)
            if key.number == nil && key.string == nil || keys.first.map({ $0.queryType != key.queryType }) == true {
                throw .argumentType(
                    keys.isEmpty
                        ? "\(key.queryType) as a key" : "keys of the types \(keys[0].queryType) and \(key.queryType)",
                    expected: "an expression whose results are all numbers or all strings",
                    in: self
                )
            }
            keys.append(key)
        }
        return keys
    }

    private static func isSuffix(_ suffix: ManifestValue, of text: ManifestValue) -> Bool {
        (text.string ?? "").utf8.reversed().starts(with: (suffix.string ?? "").utf8.reversed())
    }

    private static func merged(_ mappings: [ManifestValue]) -> ManifestValue {
        var merged: [ManifestValue.Entry] = []
        for entry in mappings.flatMap({ $0.entries ?? [] }) { merged.set(entry.key, to: entry.value) }
        return .mapping(merged)
    }
}

extension QueryParameter {
    /// The type that does not fit; nil when the value does.
    fileprivate func mismatch(_ value: ManifestValue) -> String? {
        let type = value.queryType
        switch self {
        case .any: return nil
        case .array: return type == "array" ? nil : type
        case .arrayObjectOrString: return ["array", "object", "string"].contains(type) ? nil : type
        case .arrayOrString: return ["array", "string"].contains(type) ? nil : type
        case .number: return type == "number" ? nil : type
        case .numbers: return value.mismatch(inArrayOf: ["number"])
        case .numbersOrStrings: return value.mismatch(inArrayOf: ["number", "string"])
        case .object: return type == "object" ? nil : type
        case .reference: return type
        case .string: return type == "string" ? nil : type
        case .strings: return value.mismatch(inArrayOf: ["string"])
        }
    }
}

extension ManifestValue {
    /// The type that does not fit where all elements must have one type; nil when they do.
    fileprivate func mismatch(inArrayOf types: [String]) -> String? {
        guard let elements else { return queryType }
        let allowed = elements.first.map { types.contains($0.queryType) ? [$0.queryType] : types } ?? types
        return elements.first { !allowed.contains($0.queryType) }.map { "an array with \($0.queryType) in it" }
    }
}
