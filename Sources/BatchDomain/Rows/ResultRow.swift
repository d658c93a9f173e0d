/// A row of a job's output with the row of its input behind it.
package struct ResultRow: Equatable, Sendable {
    /// The number of the row in the output, from 0.
    package var number: Int
    /// The columns of the output.
    package var columns: [String]
    /// The row.
    package var values: [String]
    /// The row of the input; nil where the output does not name it.
    package var input: InputRow?

    package init(number: Int, columns: [String], values: [String], input: InputRow? = nil) {
        self.number = number
        self.columns = columns
        self.values = values
        self.input = input
    }
}
