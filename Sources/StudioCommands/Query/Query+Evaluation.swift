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
        case .current:
            return evaluate(rest, value)
        case .field(let name):
            return evaluate(rest, value[name] ?? .null)
        case .index(let index):
            guard let elements = value.elements else { return .null }
            let position = index < 0 ? elements.count + index : index
            return elements.indices.contains(position) ? evaluate(rest, elements[position]) : .null
        case .slice(let from, let to):
            guard let elements = value.elements else { return .null }
            return project(rest, elements.part(from: from, to: to))
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
        case .call(let function, let arguments):
            return evaluate(rest, function.result(arguments, in: value))
        }
    }

    private static func project(_ steps: ArraySlice<Step>, _ elements: [ManifestValue]) -> ManifestValue {
        .list(elements.map { evaluate(steps, $0) }.filter { $0 != .null })
    }
}

extension Array {
    /// The elements between two places, of which negative ones count from the end.
    fileprivate func part(from: Int?, to: Int?) -> [Element] {
        func place(_ index: Int) -> Int { Swift.min(count, Swift.max(0, index < 0 ? count + index : index)) }
        let (start, end) = (place(from ?? 0), place(to ?? count))
        return start < end ? Array(self[start..<end]) : []
    }
}

extension Query.Condition {
    func holds(for value: ManifestValue) -> Bool {
        switch self {
        case .comparison(let left, let comparison, let right):
            comparison.holds(left.value(in: value), right.value(in: value))
        case .truth(let operand): operand.value(in: value).isTrue
        case .not(let condition): !condition.holds(for: value)
        case .and(let first, let second): first.holds(for: value) && second.holds(for: value)
        case .or(let first, let second): first.holds(for: value) || second.holds(for: value)
        }
    }
}

extension Query.Comparison {
    fileprivate func holds(_ left: ManifestValue, _ right: ManifestValue) -> Bool {
        switch self {
        case .equal: left.isSame(as: right)
        case .different: !left.isSame(as: right)
        case .less: left.isOrdered(before: right) == true
        case .more: right.isOrdered(before: left) == true
        case .atMost: right.isOrdered(before: left) == false
        case .atLeast: left.isOrdered(before: right) == false
        }
    }
}

extension Query.Operand {
    func value(in value: ManifestValue) -> ManifestValue {
        switch self {
        case .path(let query), .reference(let query): query.evaluate(value)
        case .literal(let literal): literal
        }
    }
}

extension ManifestValue {
    /// What JMESPath calls true: everything but null, false and what is empty.
    fileprivate var isTrue: Bool {
        switch self {
        case .null, .bool(false), .string(""), .list([]), .mapping([]): false
        default: true
        }
    }

    private var number: Double? {
        switch self {
        case .int(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }

    /// Equality that does not tell 5 from 5.0.
    func isSame(as other: ManifestValue) -> Bool {
        if let number, let otherNumber = other.number { return number == otherNumber }
        return self == other
    }

    /// Whether it comes before another value; nil when the two can't be compared.
    func isOrdered(before other: ManifestValue) -> Bool? {
        if let number, let otherNumber = other.number { return number < otherNumber }
        if case .string(let text) = self, case .string(let otherText) = other { return text < otherText }
        return nil
    }
}
