/// Everything that is wrong with an input, reported at once; there is always at least one problem.
package struct ValidationError: Error, Equatable, Sendable {
    /// The problems in the order in which a user meets the fields.
    package let problems: [Problem]

    package init(_ problems: [Problem]) {
        precondition(!problems.isEmpty, "a validation error needs a problem")
        self.problems = problems
    }

    package init(_ problem: Problem) {
        self.init([problem])
    }

    /// Throws all the problems, if there are any.
    package static func throwIfAny(_ problems: [Problem]) throws(ValidationError) {
        if !problems.isEmpty { throw ValidationError(problems) }
    }
}

extension ValidationError: CustomStringConvertible {
    package var description: String {
        if let problem = problems.first, problems.count == 1 { return problem.description }
        return "\(problems.count) problems:\n" + problems.map { "  - \($0)" }.joined(separator: "\n")
    }
}
