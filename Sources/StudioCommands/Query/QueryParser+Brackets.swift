extension QueryParser {
    /// True when the bracket that comes next begins a list of expressions.
    var isMultiselect: Bool {
        switch token(1) {
        case .number, .sign(":"): false
        case .sign("*"): token(2) != .sign("]")
        case .name, .literal, .sign, .end: true
        }
    }

    /// `[0]`, `[0:2]` or `[*]` behind an expression.
    mutating func brackets(on base: QueryExpression) throws(QueryFault) -> QueryExpression {
        try expect("[")
        if take("*") {
            try expect("]")
            return .projection(of: base, .all, each: try projected(.star))
        }
        let next = try subscripted()
        // As in the jmespath package, a slice right behind an index is no projection.
        if case .subscripts(let inner, let earlier) = base { return .subscripts(of: inner, earlier + [next]) }
        let list = QueryExpression.subscripts(of: base, [next])
        guard case .slice = next else { return list }
        return .projection(of: list, .all, each: try projected(.star))
    }

    /// An index or a slice, up to its closing bracket.
    private mutating func subscripted() throws(QueryFault) -> QueryExpression.Subscript {
        var bounds: [Int?] = [nil]
        while token != .sign("]") {
            if case .number(let number) = token, bounds.last == .some(nil) {
                if bounds.count == 3, number == 0 {
                    throw QueryFault(column: column, rule: "has a slice with a step of 0 at column \(column)")
                }
                bounds[bounds.count - 1] = number
                advance()
            } else if bounds.count < 3, take(":") {
                bounds.append(nil)
            } else {
                throw fault("a number, : or ]")
            }
        }
        guard bounds.count > 1 else {
            guard let index = bounds[0] else { throw fault("a number") }
            advance()
            return .index(index)
        }
        advance()
        return .slice(from: bounds[0], to: bounds[1], step: bounds.count > 2 ? bounds[2] ?? 1 : 1)
    }

    /// `[a, b]`.
    mutating func list() throws(QueryFault) -> QueryExpression {
        try expect("[")
        var expressions = [try expression()]
        while take(",") { expressions.append(try expression()) }
        try expect("]")
        return .list(expressions)
    }

    /// `{Name: a, Other: b}`.
    mutating func mapping() throws(QueryFault) -> QueryExpression {
        try expect("{")
        var entries: [QueryExpression.Entry] = []
        repeat {
            guard case .name(let key, _) = token else { throw fault("a name") }
            advance()
            try expect(":")
            entries.append(QueryExpression.Entry(key: key, value: try expression()))
        } while take(",")
        try expect("}")
        return .mapping(entries)
    }

    /// A function's arguments.
    mutating func call(of name: String, at column: Int) throws(QueryFault) -> QueryCall {
        guard let function = QueryFunction(rawValue: name) else { throw .unknownFunction(name, at: column) }
        try expect("(")
        var arguments: [QueryCall.Argument] = []
        if token != .sign(")") {
            repeat {
                arguments.append(take("&") ? .reference(try expression()) : .value(try expression()))
            } while take(",")
        }
        try expect(")")
        let least = function.parameters.count
        guard arguments.count == least || function.isVariadic && arguments.count > least else {
            throw .argumentCount(arguments.count, of: function, at: column)
        }
        return QueryCall(function: function, arguments: arguments, column: column)
    }
}
