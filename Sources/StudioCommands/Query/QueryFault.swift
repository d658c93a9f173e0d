import BatchDomain

/// A mistake in a query, with the column where it stands.
struct QueryFault: Error, Equatable {
    /// The column, counted from 1 in Unicode scalars as JMESPath does.
    var column: Int
    /// The mistake as the end of a sentence that begins with "It".
    var rule: String

    /// The mistake as a problem of the flag.
    func problem(in text: String) -> Problem {
        Problem(field: "--query", value: text, rule: rule, example: "[?status=='Completed'].{Name: name}")
    }
}

extension QueryFault {
    /// A text that the grammar does not allow.
    static func syntax(_ text: String, at column: Int, _ expectation: String? = nil) -> QueryFault {
        let rest = text.unicodeScalars.dropFirst(column - 1)
        let place = rest.isEmpty ? "its end" : "column \(column), at '\(String(rest.prefix(12)))'"
        let reason = expectation.map { ": \($0) is expected there" } ?? ""
        return QueryFault(column: column, rule: "has a syntax error at \(place)\(reason)")
    }

    /// A function that JMESPath does not have.
    static func unknownFunction(_ name: String, at column: Int) -> QueryFault {
        let known = QueryFunction.allCases.map(\.rawValue).sorted().joined(separator: ", ")
        return QueryFault(
            column: column,
            rule: "calls the unknown function \(name)() at column \(column); the functions are \(known)"
        )
    }

    /// A call with more or fewer arguments than the function takes.
    static func argumentCount(_ count: Int, of function: QueryFunction, at column: Int) -> QueryFault {
        let taken = function.parameters.count
        let least = function.isVariadic ? "at least \(taken)" : "\(taken)"
        let noun = count == 1 ? "argument" : "arguments"
        return QueryFault(
            column: column,
            rule: "calls \(function.rawValue)() at column \(column) with \(count) \(noun), but it takes \(least)"
        )
    }

    /// A call with an argument of another type.
    static func argumentType(_ received: String, expected: String, in call: QueryCall) -> QueryFault {
        QueryFault(
            column: call.column,
            rule:
                "calls \(call.function.rawValue)() at column \(call.column) with \(received), but it takes \(expected)"
        )
    }
}
