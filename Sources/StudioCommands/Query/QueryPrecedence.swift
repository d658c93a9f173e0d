/// How strongly an operator binds the expression on its left.
enum QueryPrecedence: Int, Comparable {
    case none = 0
    case pipe = 1
    case or = 2
    case and = 3
    case comparison = 5
    case flatten = 9
    /// Operators below end the expression that a projection applies to each element.
    case minOfProjection = 10
    case star = 20
    case filter = 21
    case dot = 40
    case not = 45
    case brace = 50
    case bracket = 55
    case parenthesis = 60

    /// The precedence of a token that stands behind an expression.
    init(of token: QueryToken.Kind) {
        guard case .sign(let sign) = token else {
            self = .none
            return
        }
        switch sign {
        case "|": self = .pipe
        case "||": self = .or
        case "&&": self = .and
        case "==", "!=", "<", "<=", ">", ">=": self = .comparison
        case "[]": self = .flatten
        case "*": self = .star
        case "[?": self = .filter
        case ".": self = .dot
        case "!": self = .not
        case "{": self = .brace
        case "[": self = .bracket
        case "(": self = .parenthesis
        default: self = .none
        }
    }

    static func < (one: QueryPrecedence, other: QueryPrecedence) -> Bool { one.rawValue < other.rawValue }
}
