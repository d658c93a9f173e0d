/// The head of an output file as a table, and what is in each column.
package struct OutputPreview: Equatable, Sendable {
    /// The content of a column.
    package struct Column: Equatable, Sendable {
        /// Its name, `Column 2` where the file has none.
        package var name: String
        /// Cells that hold something.
        package var count: Int
        /// Cells that hold nothing.
        package var missing: Int
        /// The kind of its cells.
        package var values: Values

        package init(name: String, count: Int, missing: Int, values: Values) {
            self.name = name
            self.count = count
            self.missing = missing
            self.values = values
        }
    }

    /// The kinds of a column's cells.
    package enum Values: Equatable, Sendable {
        /// Numbers, from the smallest to the largest.
        case numbers(minimum: Double, mean: Double, maximum: Double)
        /// Texts: the commonest with their counts, and how many different ones there are.
        case texts(commonest: [Frequency], distinct: Int)
        /// Nothing at all.
        case none
    }

    /// How often a text occurs.
    package struct Frequency: Equatable, Sendable {
        package var text: String
        package var count: Int

        package init(text: String, count: Int) {
            self.text = text
            self.count = count
        }
    }

    /// The file.
    package var file: String
    /// The columns.
    package var columns: [Column]
    /// The first rows.
    package var rows: [[String]]
    /// The rows that the summary is of.
    package var rowsRead: Int
    /// True when that is the whole file.
    package var isComplete: Bool

    package init(file: String, columns: [Column], rows: [[String]], rowsRead: Int, isComplete: Bool) {
        self.file = file
        self.columns = columns
        self.rows = rows
        self.rowsRead = rowsRead
        self.isComplete = isComplete
    }
}
