import BatchManifest

/// A `--query`: the part of JMESPath that scripts for `az ml` use.
///
/// Paths, `[0]`, `[]`, `[*]`, `[?a=='b']`, `[a, b]`, `{Name: name}` and `|`; functions and slices are not in it.
struct Query: Equatable, Sendable {
    /// One step from a value to the next.
    indirect enum Step: Equatable, Sendable {
        /// The value under a key.
        case field(String)
        /// An element of a list; negative numbers count from its end.
        case index(Int)
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
    }

    /// A key of a new mapping.
    struct Entry: Equatable, Sendable {
        var key: String
        var value: Query
    }

    /// A comparison inside `[? ]`.
    struct Condition: Equatable, Sendable {
        /// One side of it.
        enum Operand: Equatable, Sendable {
            case path(Query)
            case literal(ManifestValue)
        }

        var left: Operand
        var isEqual: Bool
        var right: Operand
    }

    /// The parts between `|`, each a run of steps.
    var stages: [[Step]]
}
