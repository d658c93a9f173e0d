import BatchDomain

/// Collects problems, so that all are reported at once.
struct Problems {
    private var found: [Problem] = []
    private var other: (any Error)?

    /// Does something and keeps what is wrong with it.
    mutating func attempt(_ body: () throws -> Void) {
        do {
            try body()
        } catch let problem as Problem {
            found.append(problem)
        } catch let error as ValidationError {
            found += error.problems
        } catch {
            other = other ?? error
        }
    }

    /// True while nothing wrong was found.
    var isEmpty: Bool { found.isEmpty && other == nil }

    /// Throws what was kept.
    func throwIfAny() throws {
        try ValidationError.throwIfAny(found)
        if let other { throw other }
    }

    /// Runs attempts and then throws what they kept.
    static func collected(_ body: (inout Problems) -> Void) throws {
        var problems = Problems()
        body(&problems)
        try problems.throwIfAny()
    }
}
