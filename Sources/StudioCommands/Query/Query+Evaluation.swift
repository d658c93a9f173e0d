import BatchManifest

extension Query {
    /// What the query finds in a value; null when there is nothing.
    func evaluate(_ value: ManifestValue) -> ManifestValue {
        stages.reduce(value) { value, steps in Self.evaluate(steps[...], value) }
    }

    private static func evaluate(_ steps: ArraySlice<Step>, _ value: ManifestValue) -> ManifestValue {
        // Flattening binds weakest: it takes everything on its left first, then the rest is taken for each element.
        if let last = steps.lastIndex(of: .flatten) {
            guard let elements = evaluate(steps[..<last], value).elements else { return .null }
            let flat = elements.flatMap { $0.elements ?? [$0] }
            return project(steps[steps.index(after: last)...], flat)
        }
        guard let step = steps.first else { return value }
        let rest = steps.dropFirst()
        switch step {
        case .field(let name):
            return evaluate(rest, value[name] ?? .null)
        case .index(let index):
            guard let elements = value.elements else { return .null }
            let position = index < 0 ? elements.count + index : index
            return elements.indices.contains(position) ? evaluate(rest, elements[position]) : .null
        case .each, .flatten:
            guard let elements = value.elements else { return .null }
            return project(rest, elements)
        case .filter(let condition):
            guard let elements = value.elements else { return .null }
            return project(rest, elements.filter(condition.holds))
        case .mapping(let entries):
            if value == .null { return .null }
            return evaluate(rest, .mapping(entries.map { .init($0.key, $0.value.evaluate(value)) }))
        case .list(let queries):
            if value == .null { return .null }
            return evaluate(rest, .list(queries.map { $0.evaluate(value) }))
        }
    }

    private static func project(_ steps: ArraySlice<Step>, _ elements: [ManifestValue]) -> ManifestValue {
        .list(elements.map { evaluate(steps, $0) }.filter { $0 != .null })
    }
}

extension Query.Condition {
    fileprivate func holds(for value: ManifestValue) -> Bool {
        (left.value(in: value) == right.value(in: value)) == isEqual
    }
}

extension Query.Condition.Operand {
    fileprivate func value(in value: ManifestValue) -> ManifestValue {
        switch self {
        case .path(let query): query.evaluate(value)
        case .literal(let literal): literal
        }
    }
}
