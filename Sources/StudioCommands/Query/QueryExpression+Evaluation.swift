import BatchManifest

extension QueryExpression {
    /// Returns the part of a value that the expression selects; null when there is none.
    func evaluate(_ value: ManifestValue) throws(QueryFault) -> ManifestValue {
        switch self {
        case .current: return value
        case .literal(let literal): return literal
        case .field(let name): return value.field(name)
        case .chain(let expressions):
            var result = value
            for expression in expressions { result = try expression.evaluate(result) }
            return result
        case .subscripts(let base, let subscripts):
            return subscripts.reduce(try base.evaluate(value)) { $1.evaluate($0) }
        case .flattened(let base):
            guard let elements = try base.evaluate(value).elements else { return .null }
            return .list(elements.flatMap { $0.elements ?? [$0] })
        case .projection(let base, let elements, let each):
            return try each.project(elements, of: try base.evaluate(value))
        case .list(let expressions):
            if value == .null { return .null }
            var results: [ManifestValue] = []
            for expression in expressions { results.append(try expression.evaluate(value)) }
            return .list(results)
        case .mapping(let entries):
            return try Self.mapping(entries, of: value)
        case .comparison(let left, let comparison, let right):
            return comparison.evaluate(try left.evaluate(value), try right.evaluate(value))
        case .or(let operands): return try Self.first(of: operands, that: true, value)
        case .and(let operands): return try Self.first(of: operands, that: false, value)
        case .not(let operand): return .bool(try !operand.evaluate(value).isTrue)
        case .call(let call): return try call.evaluate(value)
        }
    }

    /// Applies this expression to each element, leaving out null.
    private func project(_ elements: Elements, of value: ManifestValue) throws(QueryFault) -> ManifestValue {
        let candidates = elements == .values ? value.entries?.map(\.value) : value.elements
        guard let candidates else { return .null }
        var results: [ManifestValue] = []
        for candidate in candidates {
            if case .matching(let condition) = elements, try !condition.evaluate(candidate).isTrue { continue }
            let result = try evaluate(candidate)
            if result != .null { results.append(result) }
        }
        return .list(results)
    }

    /// A new mapping; of a key that is given twice the last value counts.
    private static func mapping(_ entries: [Entry], of value: ManifestValue) throws(QueryFault) -> ManifestValue {
        if value == .null { return .null }
        var results: [ManifestValue.Entry] = []
        for entry in entries { results.set(entry.key, to: try entry.value.evaluate(value)) }
        return .mapping(results)
    }

    /// The first operand whose truth is as given, else the last.
    private static func first(
        of operands: [QueryExpression],
        that isTrue: Bool,
        _ value: ManifestValue
    ) throws(QueryFault) -> ManifestValue {
        var result = ManifestValue.null
        for operand in operands {
            result = try operand.evaluate(value)
            if result.isTrue == isTrue { break }
        }
        return result
    }
}

extension QueryExpression.Subscript {
    /// The element or the part of a list; null for other values.
    fileprivate func evaluate(_ value: ManifestValue) -> ManifestValue {
        guard let elements = value.elements else { return .null }
        switch self {
        case .index(let index):
            let position = index < 0 ? elements.count + index : index
            return elements.indices.contains(position) ? elements[position] : .null
        case .slice(let from, let to, let step):
            // A list walked backwards begins at its last element and ends before its first.
            let bounds = step > 0 ? (least: 0, most: elements.count) : (least: -1, most: elements.count - 1)
            func position(_ index: Int) -> Int {
                min(bounds.most, max(bounds.least, index < 0 ? elements.count + index : index))
            }
            let start = from.map(position) ?? (step > 0 ? bounds.least : bounds.most)
            let end = to.map(position) ?? (step > 0 ? bounds.most : bounds.least)
            return .list(stride(from: start, to: end, by: step).map { elements[$0] })
        }
    }
}

extension QueryExpression.Comparison {
    fileprivate func evaluate(_ left: ManifestValue, _ right: ManifestValue) -> ManifestValue {
        switch self {
        case .equal: .bool(left.isSame(as: right))
        case .different: .bool(!left.isSame(as: right))
        case .less: left.isOrdered(before: right).map { .bool($0) } ?? .null
        case .more: right.isOrdered(before: left).map { .bool($0) } ?? .null
        case .atMost: right.isOrdered(before: left).map { .bool(!$0) } ?? .null
        case .atLeast: left.isOrdered(before: right).map { .bool(!$0) } ?? .null
        }
    }
}
