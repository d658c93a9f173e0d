import BatchDomain
import BatchManifest

/// Reads the text of a query: JMESPath's grammar, by precedence climbing.
///
/// The precedences are those of the `jmespath` package that `az` uses, so that each text means what it means there.
struct QueryParser {
    /// Maximum length of a query, in bytes.
    static let maxLength = 4096
    /// Maximum nesting of expressions.
    static let maxNesting = 64

    private let text: String
    private var tokens: ArraySlice<QueryToken>
    private var nesting = 0

    /// Returns the query that a text stands for.
    ///
    /// - Throws: ``Problem`` that names the mistake and its column.
    static func parse(_ text: String) throws(Problem) -> Query {
        if text.utf8.count > maxLength {
            throw Problem(field: "--query", rule: "must have at most \(maxLength) bytes, but it has \(text.utf8.count)")
        }
        do throws(QueryFault) {
            var parser = QueryParser(text: text, tokens: try QueryLexer.tokens(of: text)[...])
            let expression = try parser.expression()
            guard parser.token == .end else { throw parser.fault() }
            return Query(text: text, expression: expression)
        } catch {
            throw error.problem(in: text)
        }
    }

    private init(text: String, tokens: ArraySlice<QueryToken>) {
        self.text = text
        self.tokens = tokens
    }

    /// An expression up to an operator that binds no stronger than given.
    mutating func expression(above precedence: QueryPrecedence = .none) throws(QueryFault) -> QueryExpression {
        nesting += 1
        defer { nesting -= 1 }
        if nesting > Self.maxNesting { throw tooDeep() }
        var left = try beginning()
        // Operators that don't make a flat list of their operands nest to the left.
        var nestedLeft = 0
        while precedence < QueryPrecedence(of: token) {
            left = try continuation(of: left)
            switch left {
            case .projection, .comparison: nestedLeft += 1
            default: break
            }
            if nestedLeft > Self.maxNesting { throw tooDeep() }
        }
        return left
    }

    /// The part of an expression that needs nothing on its left.
    private mutating func beginning() throws(QueryFault) -> QueryExpression {
        let column = self.column
        switch token {
        case .literal(let value):
            advance()
            return .literal(value)
        case .name(let name, let isQuoted):
            advance()
            if token == .sign("(") {
                if isQuoted { throw fault("a function's name without quotes") }
                return .call(try call(of: name, at: column))
            }
            return .field(name)
        case .sign(let sign):
            switch sign {
            case "@":
                advance()
                return .current
            case "*":
                advance()
                return .projection(of: .current, .values, each: try projected(.star))
            case "!":
                advance()
                return .not(try expression(above: .not))
            case "(":
                advance()
                let inner = try expression()
                try expect(")")
                return inner
            case "{":
                return try mapping()
            case "[" where isMultiselect: return try list()
            case "[", "[]", "[?": return try continuation(of: .current)
            default: throw fault()
            }
        case .number, .end: throw fault("an expression")
        }
    }

    /// The expression with the operator that comes next.
    private mutating func continuation(of left: QueryExpression) throws(QueryFault) -> QueryExpression {
        guard case .sign(let sign) = token else { throw fault() }
        switch sign {
        case ".":
            advance()
            if take("*") { return .projection(of: left, .values, each: try projected(.dot)) }
            return left.followed(by: try member(.dot))
        case "|":
            advance()
            return left.followed(by: try expression(above: .pipe))
        case "||":
            advance()
            let right = try expression(above: .or)
            if case .or(let operands) = left { return .or(operands + [right]) }
            return .or([left, right])
        case "&&":
            advance()
            let right = try expression(above: .and)
            if case .and(let operands) = left { return .and(operands + [right]) }
            return .and([left, right])
        case "[]":
            advance()
            return .projection(of: .flattened(left), .all, each: try projected(.flatten))
        case "[?":
            advance()
            let condition = try expression()
            try expect("]")
            // `[?a][]` flattens what all conditions have let through.
            let each = token == .sign("[]") ? .current : try projected(.filter)
            return .projection(of: left, .matching(condition), each: each)
        case "[": return try brackets(on: left)
        default:
            guard let comparison = QueryExpression.Comparison(rawValue: sign) else { throw fault() }
            advance()
            return .comparison(left, comparison, try comparand())
        }
    }

    /// The right side of a comparison.
    ///
    /// A number needs no backquotes here, which JMESPath demands.
    private mutating func comparand() throws(QueryFault) -> QueryExpression {
        guard case .number(let number) = token else { return try expression(above: .comparison) }
        advance()
        return .literal(.int(number))
    }

    /// The expression that a projection applies to each element.
    mutating func projected(_ precedence: QueryPrecedence) throws(QueryFault) -> QueryExpression {
        if QueryPrecedence(of: token) < .minOfProjection { return .current }
        switch token {
        case .sign("["), .sign("[?"): return try expression(above: precedence)
        case .sign("."):
            advance()
            return try member(precedence)
        default: throw fault()
        }
    }

    /// The expression after a dot.
    private mutating func member(_ precedence: QueryPrecedence) throws(QueryFault) -> QueryExpression {
        switch token {
        case .name, .sign("*"): return try expression(above: precedence)
        case .sign("["): return try list()
        case .sign("{"): return try mapping()
        default: throw fault("a name, *, [ or {")
        }
    }
}

/// The tokens that the parser has before it.
extension QueryParser {
    /// The next token.
    var token: QueryToken.Kind { token(0) }

    /// A token after the next.
    func token(_ distance: Int) -> QueryToken.Kind { tokens.dropFirst(distance).first?.kind ?? .end }

    /// The column of the next token.
    var column: Int { tokens.first?.column ?? text.unicodeScalars.count + 1 }

    mutating func advance() { tokens = tokens.dropFirst() }

    mutating func take(_ sign: String) -> Bool {
        guard token == .sign(sign) else { return false }
        advance()
        return true
    }

    mutating func expect(_ sign: String) throws(QueryFault) {
        if !take(sign) { throw fault(sign) }
    }

    /// A syntax error at the next token.
    func fault(_ expectation: String? = nil) -> QueryFault { .syntax(text, at: column, expectation) }

    private func tooDeep() -> QueryFault {
        QueryFault(column: column, rule: "nests more than \(Self.maxNesting) expressions at column \(column)")
    }
}

extension QueryExpression {
    /// The expression, then another one on its result.
    fileprivate func followed(by next: QueryExpression) -> QueryExpression {
        if case .chain(let expressions) = self { .chain(expressions + [next]) } else { .chain([self, next]) }
    }
}
