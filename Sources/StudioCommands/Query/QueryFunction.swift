/// The functions of JMESPath, under their names.
enum QueryFunction: String, CaseIterable, Sendable {
    case abs
    case avg
    case ceil
    case contains
    case endsWith = "ends_with"
    case floor
    case join
    case keys
    case length
    case map
    case max
    case maxBy = "max_by"
    case merge
    case min
    case minBy = "min_by"
    case notNull = "not_null"
    case reverse
    case sort
    case sortBy = "sort_by"
    case startsWith = "starts_with"
    case sum
    case toArray = "to_array"
    case toNumber = "to_number"
    case toString = "to_string"
    case type
    case values

    /// The arguments that it takes, in their order.
    var parameters: [QueryParameter] {
        switch self {
        case .abs, .ceil, .floor: [.number]
        case .avg, .sum: [.numbers]
        case .contains: [.arrayOrString, .any]
        case .endsWith, .startsWith: [.string, .string]
        case .join: [.string, .strings]
        case .keys, .merge, .values: [.object]
        case .length: [.arrayObjectOrString]
        case .map: [.reference, .array]
        case .max, .min, .sort: [.numbersOrStrings]
        case .maxBy, .minBy, .sortBy: [.array, .reference]
        case .notNull, .toArray, .toNumber, .toString, .type: [.any]
        case .reverse: [.arrayOrString]
        }
    }

    /// True when any number of arguments like the last may follow.
    var isVariadic: Bool { self == .merge || self == .notNull }
}

/// The type of a function's argument.
enum QueryParameter: String, Sendable {
    case any = "any value"
    case array = "an array"
    case arrayObjectOrString = "an array, an object or a string"
    case arrayOrString = "an array or a string"
    case number = "a number"
    case numbers = "an array of numbers"
    case numbersOrStrings = "an array of numbers or an array of strings"
    case object = "an object"
    case reference = "an expression such as &name"
    case string = "a string"
    case strings = "an array of strings"
}
