/// A part of an output's rows.
package struct OutputRows: Equatable, Sendable {
    /// The names of the columns.
    package var columns: [String]
    /// The number of the first row, from 0.
    package var first: Int
    /// The rows.
    package var rows: [[String]]
    /// How many rows the output has; nil while that is not known.
    package var total: Int?

    package init(columns: [String], first: Int, rows: [[String]], total: Int?) {
        self.columns = columns
        self.first = first
        self.rows = rows
        self.total = total
    }
}

/// The row of a job's input behind a row of its output.
package struct InputRow: Equatable, Sendable {
    /// A column with its value.
    package struct Cell: Equatable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The input file, as the job lists it.
    package var file: String
    /// The number of the row in it, from 0.
    package var row: Int
    /// Its columns; empty where it can't be shown.
    package var cells: [Cell]
    /// Why it can't be shown, for users; nil where it can.
    package var reason: String?

    package init(file: String, row: Int, cells: [Cell] = [], reason: String? = nil) {
        self.file = file
        self.row = row
        self.cells = cells
        self.reason = reason
    }
}
