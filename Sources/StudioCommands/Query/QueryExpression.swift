import BatchManifest

/// An expression of JMESPath.
indirect enum QueryExpression: Equatable, Sendable {
    /// `@`: the value itself.
    case current
    /// A value in backquotes or single quotes.
    case literal(ManifestValue)
    /// The value of a key.
    case field(String)
    /// Each expression is applied to the result of the one before: `a.b`, `a | b`.
    case chain([QueryExpression])
    /// `a[0]`, `a[1:3]`.
    case subscripts(of: QueryExpression, [Subscript])
    /// The list without its innermost level of lists: `a[]` before its projection.
    case flattened(QueryExpression)
    /// An expression applied to each element of a list or to each value of a mapping; null results are left out.
    case projection(of: QueryExpression, Elements, each: QueryExpression)
    /// `[a, b]`.
    case list([QueryExpression])
    /// `{Name: a}`.
    case mapping([Entry])
    /// `a == b`.
    case comparison(QueryExpression, Comparison, QueryExpression)
    /// The first operand that is true, else the last.
    case or([QueryExpression])
    /// The first operand that is false, else the last.
    case and([QueryExpression])
    /// `!a`.
    case not(QueryExpression)
    /// `length(a)`.
    case call(QueryCall)

    /// A key of a new mapping with its expression.
    struct Entry: Equatable, Sendable {
        var key: String
        var value: QueryExpression
    }

    /// An index, or a part of a list with a step; negative numbers count from the list's end.
    enum Subscript: Equatable, Sendable {
        case index(Int)
        case slice(from: Int?, to: Int?, step: Int)
    }

    /// The elements of a projection.
    enum Elements: Equatable, Sendable {
        /// Those of a list: `[*]`.
        case all
        /// Those of a list for which the condition is true: `[?a]`.
        case matching(QueryExpression)
        /// The values of a mapping: `*`.
        case values
    }

    /// A comparison; those of order take two numbers or two strings, and are null for other values.
    enum Comparison: String, CaseIterable, Sendable {
        case equal = "=="
        case different = "!="
        case atMost = "<="
        case atLeast = ">="
        case less = "<"
        case more = ">"
    }
}

/// A call of a function.
struct QueryCall: Equatable, Sendable {
    var function: QueryFunction
    var arguments: [Argument]
    /// The column of the function's name.
    var column: Int

    /// An argument: an expression, or `&expression`, which the function applies to each element.
    enum Argument: Equatable, Sendable {
        case value(QueryExpression)
        case reference(QueryExpression)
    }
}
