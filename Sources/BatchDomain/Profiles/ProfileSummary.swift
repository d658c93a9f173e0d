/// The values of a profile that trends over many jobs are drawn from.
package struct ProfileSummary: Equatable, Sendable, Codable {
    /// Maximum columns that are kept, the first of the output.
    package static let maxColumns = 8
    /// Maximum classes of a column that are kept, the commonest.
    package static let maxClasses = 20

    /// A column in short.
    package struct Column: Equatable, Sendable, Codable {
        /// Its name.
        package var name: String
        /// The commonest classes with their shares of the rows; nil where values are not classes.
        package var classes: [Drift.Column.Class]?
        /// The mean of its numbers; nil without numbers, of classes and of times.
        package var mean: Double?
        /// Their standard deviation.
        package var deviation: Double?

        package init(
            name: String,
            classes: [Drift.Column.Class]? = nil,
            mean: Double? = nil,
            deviation: Double? = nil
        ) {
            self.name = name
            self.classes = classes
            self.mean = mean
            self.deviation = deviation
        }

        init(_ column: ColumnProfile) {
            name = column.name
            if column.isComparedAsClasses {
                classes = column.values.prefix(maxClasses).map {
                    Drift.Column.Class($0.text, column.share(of: $0.text))
                }
            } else if !column.isTime {
                (mean, deviation) = (column.numbers?.mean, column.numbers?.deviation)
            }
        }
    }

    /// The first columns.
    package var columns: [Column]

    package init(columns: [Column]) {
        self.columns = columns
    }

    package init(_ profile: Profile) {
        columns = profile.columns.prefix(Self.maxColumns).map(Column.init)
    }
}
