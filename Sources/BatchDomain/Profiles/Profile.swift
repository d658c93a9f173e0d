/// The profile of a job's predictions: what is in each column, made while the job scores.
///
/// ```swift
/// let profile = try JSONDecoder().decode(Profile.self, from: data)
/// profile.column("prediction")?.numbers?.quantile(0.5)
/// ```
package struct Profile: Equatable, Sendable, Codable {
    /// How a profile was made.
    package enum Making: String, Sendable, Codable {
        /// By the workers, while they scored.
        case scoring
        /// From the output file, later.
        case rebuild
    }

    /// The form of the file.
    package static let currentVersion = 1
    /// Maximum columns, those whose names come first in the order of texts.
    package static let maxColumns = 2000

    /// The form that it has.
    package var version: Int
    /// Rows of the output.
    package var rows: Int
    /// Mini-batches that the rows came from; nil where it was made of the output file.
    package var miniBatches: Int?
    /// How it was made.
    package var made: Making
    /// Values in columns that have no profile, which are those beyond ``maxColumns``; nil where an older version made it.
    package var omitted: Int?
    /// The columns of the output, in its order.
    package var columns: [ColumnProfile]
    /// The columns of the input that the model reads, where they were asked for.
    package var inputs: [ColumnProfile]?

    package init(rows: Int, miniBatches: Int?, made: Making, columns: [ColumnProfile], inputs: [ColumnProfile]? = nil) {
        version = Self.currentVersion
        self.rows = rows
        self.miniBatches = miniBatches
        self.made = made
        self.columns = columns
        self.inputs = inputs
    }

    /// The column of a name.
    package func column(_ name: String) -> ColumnProfile? { columns.first { $0.name == name } }

    /// A sentence about columns that have no profile; nil where all have one.
    package var omittedNote: String? {
        guard let omitted, omitted > 0 else { return nil }
        return
            "\(Figures.count(omitted, "value")) in other columns: \(Figures.count(Self.maxColumns)) are profiled, by name."
    }

    enum CodingKeys: String, CodingKey {
        case version, rows
        case miniBatches = "mini_batches"
        case made, omitted, columns, inputs
    }
}
