import BatchManifest

/// A `--query`: the part of JMESPath that scripts for `az ml` use.
///
/// Paths, `[0]`, `[0:2]`, `[]`, `[*]`, `[?a=='b']`, `[a, b]`, `{Name: name}`, `|`, `@` and the functions of ``Function``.
struct Query: Equatable, Sendable {
    /// One step from a value to the next.
    indirect enum Step: Equatable, Sendable {
        /// The value under a key.
        case field(String)
        /// The value itself.
        case current
        /// An element of a list; negative numbers count from its end.
        case index(Int)
        /// A part of a list, for each element of which the steps that follow are taken.
        case slice(from: Int?, to: Int?)
        /// One level of lists fewer; the steps that follow are taken for each element.
        case flatten
        /// The steps that follow are taken for each element.
        case each
        /// The steps that follow are taken for each element that fits.
        case filter(Condition)
        /// A new mapping.
        case mapping([Entry])
        /// A new list.
        case list([Query])
        /// What a function makes of its arguments.
        case call(Function, [Operand])
    }

    /// A key of a new mapping.
    struct Entry: Equatable, Sendable {
        var key: String
        var value: Query
    }

    /// A side of a comparison, or a function's argument.
    enum Operand: Equatable, Sendable {
        case path(Query)
        case literal(ManifestValue)
        /// `&name`: what to take of each element.
        case reference(Query)
    }

    /// What is asked of an element inside `[? ]`.
    indirect enum Condition: Equatable, Sendable {
        case comparison(Operand, Comparison, Operand)
        case truth(Operand)
        case not(Condition)
        case and(Condition, Condition)
        case or(Condition, Condition)
    }

    /// How two sides are compared; `<` and its like compare numbers, and texts too, which JMESPath does not.
    enum Comparison: String, CaseIterable, Sendable {
        case equal = "=="
        case different = "!="
        case atMost = "<="
        case atLeast = ">="
        case less = "<"
        case more = ">"
    }

    /// The functions, under their names in JMESPath.
    enum Function: String, CaseIterable, Sendable {
        case contains
        case endsWith = "ends_with"
        case join
        case keys
        case length
        case maxBy = "max_by"
        case minBy = "min_by"
        case reverse
        case sort
        case sortBy = "sort_by"
        case startsWith = "starts_with"

        /// How many arguments it takes.
        var argumentCount: Int {
            switch self {
            case .keys, .length, .reverse, .sort: 1
            case .contains, .endsWith, .join, .maxBy, .minBy, .sortBy, .startsWith: 2
            }
        }
    }

    /// The parts between `|`, each a run of steps.
    var stages: [[Step]]
}
