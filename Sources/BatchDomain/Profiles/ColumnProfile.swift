/// The profile of a column.
package struct ColumnProfile: Equatable, Sendable, Codable {
    /// A value with the number of rows that have it.
    package struct Value: Equatable, Sendable {
        /// The value as text.
        package var text: String
        /// The rows that have it.
        package var count: Int

        package init(_ text: String, _ count: Int) {
            self.text = text
            self.count = count
        }
    }

    /// The lengths of texts, in characters.
    package struct Lengths: Equatable, Sendable, Codable {
        package var min: Int
        package var max: Int
        package var mean: Double

        package init(min: Int, max: Int, mean: Double) {
            self.min = min
            self.max = max
            self.mean = mean
        }
    }

    /// The column's name.
    package var name: String
    /// Values that are there.
    package var count: Int
    /// Values that are missing, and NaN.
    package var missing: Int
    /// The number of values of each kind: number, text, boolean, time, nested.
    package var kinds: [String: Int]
    /// Distinct values; nil where they were too many to be counted.
    package var distinct: Int?
    /// Each distinct value, the commonest first; empty where they were too many.
    package var values: [Value]
    /// The lengths of the texts; nil without texts.
    package var lengths: Lengths?
    /// The numbers and times; nil without any.
    package var numbers: NumberProfile?

    package init(
        name: String,
        count: Int,
        missing: Int = 0,
        kinds: [String: Int],
        values: [Value]? = nil,
        lengths: Lengths? = nil,
        numbers: NumberProfile? = nil
    ) {
        self.name = name
        self.count = count
        self.missing = missing
        self.kinds = kinds
        distinct = values?.count
        self.values = values ?? []
        self.lengths = lengths
        self.numbers = numbers
    }

    /// All rows: those with a value and those without.
    package var rows: Int { count + missing }

    /// The share of all rows that have a value.
    package func share(of text: String) -> Double {
        rows == 0 ? 0 : Double(values.first { $0.text == text }?.count ?? 0) / Double(rows)
    }

    /// The share of all rows without a value.
    package var missingShare: Double { rows == 0 ? 0 : Double(missing) / Double(rows) }

    /// The kind that most values have; "empty" without values.
    package var mainKind: String {
        kinds.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "empty"
    }

    /// True where values are times: their numbers are microseconds since 1970, UTC.
    package var isTime: Bool { mainKind == "time" }

    /// True where values are few enough to be told apart as classes.
    package var isClasses: Bool { distinct.map { $0 > 0 && $0 <= Self.maxClasses } ?? false }

    /// True where two jobs are compared by their classes: times and numbers with fractions are measured, however few they are.
    package var isComparedAsClasses: Bool {
        isClasses && !isTime && (numbers.map { $0.integers || $0.count == 0 } ?? true)
    }

    /// Maximum distinct values of a column whose values are compared as classes.
    package static let maxClasses = 50
}

extension ColumnProfile.Value: Codable {
    package init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        self.init(try pair.decode(String.self), try pair.decode(Int.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var pair = encoder.unkeyedContainer()
        try pair.encode(text)
        try pair.encode(count)
    }
}
