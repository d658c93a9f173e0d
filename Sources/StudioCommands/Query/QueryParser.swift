import BatchDomain
import BatchManifest

/// Reads the text of a query.
struct QueryParser {
    /// The longest query, in bytes: each step of one is a step of recursion.
    static let longest = 4096
    /// The deepest nesting of brackets and braces.
    static let deepestNesting = 64

    private let text: String
    private var tokens: ArraySlice<QueryToken>
    private var depth = 0

    /// The refusal of a query that is not understood, naming what is.
    static func refusal(of text: String) -> Problem {
        Problem(
            field: "--query",
            value: text,
            rule: "must be made of name, a.b, [0], [], [*], [?a=='b'], [a, b], {Name: name} and |; "
                + "functions and slices of JMESPath are not supported",
            example: "[?status=='Completed'].{Name: name}"
        )
    }

    /// Reads a whole query.
    ///
    /// - Throws: ``Problem`` that says what is supported.
    static func parse(_ text: String) throws(Problem) -> Query {
        if text.utf8.count > longest {
            throw Problem(field: "--query", rule: "must have at most \(longest) bytes, but it has \(text.utf8.count)")
        }
        var parser = QueryParser(text: text, tokens: try QueryToken.read(text)[...])
        let query = try parser.query()
        if !parser.tokens.isEmpty { throw refusal(of: text) }
        return query
    }

    private mutating func query() throws(Problem) -> Query {
        var stages = [try steps()]
        while take("|") { stages.append(try steps()) }
        return Query(stages: stages)
    }

    private mutating func steps() throws(Problem) -> [Query.Step] {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.deepestNesting { throw refusal }
        var steps: [Query.Step] = []
        if let first = name() { steps.append(first) } else if let first = try braces() { steps.append(first) }
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
        guard case .name(let name)? = tokens.first else { return nil }
        tokens.removeFirst()
        return .field(name)
    }

    private mutating func brackets(isFirst: Bool) throws(Problem) -> Query.Step? {
        if take("[]") { return .flatten }
        if take("[?") {
            let condition = try condition()
            try expect("]")
            return .filter(condition)
        }
        guard tokens.first == .sign("[") else { return nil }
        switch tokens.dropFirst().first {
        case .number(let index):
            tokens.removeFirst(2)
            try expect("]")
            return .index(index)
        case .sign("*"):
            tokens.removeFirst(2)
            try expect("]")
            return .each
        default:
            // `a[b]` means nothing; `[a, b]` at the start makes a list.
            return isFirst ? try multiselect() : nil
        }
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
        let left = try operand()
        let isEqual = take("==")
        if !isEqual { try expect("!=") }
        return Query.Condition(left: left, isEqual: isEqual, right: try operand())
    }

    private mutating func operand() throws(Problem) -> Query.Condition.Operand {
        switch tokens.first {
        case .literal(let text, let isJSON):
            tokens.removeFirst()
            return .literal(isJSON ? QueryToken.value(ofJSON: text) : .string(text))
        case .number(let number):
            tokens.removeFirst()
            return .literal(.int(number))
        default:
            return .path(Query(stages: [try steps()]))
        }
    }

    private var refusal: Problem { Self.refusal(of: text) }

    private mutating func take(_ sign: String) -> Bool {
        guard tokens.first == .sign(sign) else { return false }
        tokens.removeFirst()
        return true
    }

    private mutating func expect(_ sign: String) throws(Problem) {
        if !take(sign) { throw refusal }
    }
}
