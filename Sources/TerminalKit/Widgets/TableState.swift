/// The order of a table's rows.
package struct TableSort: Hashable, Sendable {
    /// The column that decides.
    package var column: String
    /// True when the order is turned round.
    package var isDescending: Bool

    /// Sorts by a column.
    package init(_ column: String, isDescending: Bool = false) {
        self.column = column
        self.isDescending = isDescending
    }
}

/// The state of a table between two frames.
package struct TableState: Equatable, Sendable {
    /// The chosen row.
    package var cursor = 0
    /// The first row that was seen last.
    package internal(set) var offset = 0
    /// The order; nil is the one the rows come in.
    package var sort: TableSort?
    /// The text that rows must contain.
    package var filter: String { filterInput.text }
    /// True when the filter is being typed, so that letters are no commands.
    package internal(set) var isFiltering = false
    var filterInput = TextInput()

    /// Begins at the first row.
    package init(cursor: Int = 0, sort: TableSort? = nil, filter: String = "") {
        self.cursor = cursor
        self.sort = sort
        filterInput = TextInput(filter)
    }
}

/// The request of an event to the page around a table.
package enum TableAction: Equatable, Sendable {
    /// Another row is chosen now.
    case moved(Int)
    /// Open this row.
    case opened(Int)
    /// The state has another order: arrange the rows again.
    case sorted
    /// The state has another filter: arrange the rows again.
    case filtered
}
