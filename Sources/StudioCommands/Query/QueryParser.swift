import BatchDomain
import BatchManifest

/// Reads the text of a query.
struct QueryParser {
    private let text: String
    private var tokens: ArraySlice<QueryToken>

    /// The refusal of a query that is not understood, naming the place and what is.
    static func refusal(of text: String, at column: Int) -> Problem {
        let place =
            column > text.count ? "at its end" : "at column \(column), at '\(text.dropFirst(column - 1).prefix(12))'"
        return Problem(
            field: "--query",
            value: text,
            rule: "is not understood \(place); a query is made of name, a.b, [0], [0:2], [], [*], [?a=='b'], [a, b], "
                + "{Name: name}, |, @ and the functions "
                + Query.Function.allCases.map(\.rawValue).joined(separator: ", "),
            example: "[?status=='Completed'].{Name: name}"
        )
    }

    /// Reads a whole query.
    ///
    /// - Throws: ``Problem`` that says where it is not understood, and what is.
    static func parse(_ text: String) throws(Problem) -> Query {
        var parser = QueryParser(text: text, tokens: try QueryToken.read(text)[...])
        let query = try parser.query()
        if !parser.tokens.isEmpty { throw parser.refusal }
        return query
    }

    private mutating func query() throws(Problem) -> Query {
        var stages = [try steps()]
        while take("|") { stages.append(try steps()) }
        return Query(stages: stages)
    }

    private mutating func steps() throws(Problem) -> [Query.Step] {
        var steps: [Query.Step] = []
        if take("@") {
            steps.append(.current)
        } else if let first = try call() ?? name() {
            steps.append(first)
        } else if let first = try braces() {
            steps.append(first)
        }
        while true {
            if take(".") {
                steps.append(try member())
            } else if let step = try brackets(isFirst: steps.isEmpty) {
                steps.append(step)
            } else if steps.isEmpty {
                throw refusal
            } else {
                return steps
            }
        }
    }

    /// What may follow a dot.
    private mutating func member() throws(Problem) -> Query.Step {
        if let name = name() { return name }
        if let mapping = try braces() { return mapping }
        if let list = try multiselect() { return list }
        throw refusal
    }

    private mutating func name() -> Query.Step? {
        guard case .name(let name)? = tokens.first?.kind else { return nil }
        tokens.removeFirst()
        return .field(name)
    }

    private mutating func call() throws(Problem) -> Query.Step? {
        guard case .name(let name)? = tokens.first?.kind, tokens.dropFirst().first?.kind == .sign("(") else {
            return nil
        }
        guard let function = Query.Function(rawValue: name) else { throw refusal }
        let start = refusal
        tokens.removeFirst(2)
        var arguments = [try operand()]
        while take(",") { arguments.append(try operand()) }
        try expect(")")
        if arguments.count != function.argumentCount { throw start }
        return .call(function, arguments)
    }

    private mutating func brackets(isFirst: Bool) throws(Problem) -> Query.Step? {
        if take("[]") { return .flatten }
        if take("[?") {
            let condition = try condition()
            try expect("]")
            return .filter(condition)
        }
        guard tokens.first?.kind == .sign("[") else { return nil }
        switch tokens.dropFirst().first?.kind {
        case .number, .sign(":"):
            tokens.removeFirst()
            return try indexOrSlice()
        case .sign("*"):
            tokens.removeFirst(2)
            try expect("]")
            return .each
        default:
            // `a[b]` means nothing; `[a, b]` at the start makes a list.
            return isFirst ? try multiselect() : nil
        }
    }

    private mutating func indexOrSlice() throws(Problem) -> Query.Step {
        let from = number()
        if let from, take("]") { return .index(from) }
        try expect(":")
        let to = number()
        try expect("]")
        return .slice(from: from, to: to)
    }

    private mutating func number() -> Int? {
        guard case .number(let number)? = tokens.first?.kind else { return nil }
        tokens.removeFirst()
        return number
    }

    private mutating func multiselect() throws(Problem) -> Query.Step? {
        guard take("[") else { return nil }
        var queries = [try query()]
        while take(",") { queries.append(try query()) }
        try expect("]")
        return .list(queries)
    }

    private mutating func braces() throws(Problem) -> Query.Step? {
        guard take("{") else { return nil }
        var entries: [Query.Entry] = []
        repeat {
            guard case .field(let key)? = name() else { throw refusal }
            try expect(":")
            entries.append(Query.Entry(key: key, value: try query()))
        } while take(",")
        try expect("}")
        return .mapping(entries)
    }

    private mutating func condition() throws(Problem) -> Query.Condition {
        var condition = try conjunction()
        while take("||") { condition = .or(condition, try conjunction()) }
        return condition
    }

    private mutating func conjunction() throws(Problem) -> Query.Condition {
        var condition = try comparison()
        while take("&&") { condition = .and(condition, try comparison()) }
        return condition
    }

    private mutating func comparison() throws(Problem) -> Query.Condition {
        if take("!") { return .not(try comparison()) }
        if take("(") {
            let condition = try condition()
            try expect(")")
            return condition
        }
        let left = try operand()
        for comparison in Query.Comparison.allCases where take(comparison.rawValue) {
            return .comparison(left, comparison, try operand())
        }
        return .truth(left)
    }

    private mutating func operand() throws(Problem) -> Query.Operand {
        switch tokens.first?.kind {
        case .literal(let text, let isJSON):
            tokens.removeFirst()
            return .literal(isJSON ? QueryToken.value(ofJSON: text) : .string(text))
        case .number(let number):
            tokens.removeFirst()
            return .literal(.int(number))
        case .sign("&"):
            tokens.removeFirst()
            return .reference(Query(stages: [try steps()]))
        default:
            return .path(Query(stages: [try steps()]))
        }
    }

    /// The refusal at the word that comes next.
    private var refusal: Problem { Self.refusal(of: text, at: tokens.first?.column ?? text.count + 1) }

    private mutating func take(_ sign: String) -> Bool {
        guard tokens.first?.kind == .sign(sign) else { return false }
        tokens.removeFirst()
        return true
    }

    private mutating func expect(_ sign: String) throws(Problem) {
        if !take(sign) { throw refusal }
    }
}
