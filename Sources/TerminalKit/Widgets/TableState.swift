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
    /// True when the next letter begins another filter, as the present one has been there before.
    var replacesFilter = false
    /// The words of the filter, in lower case; a row has all of them.
    var filterWords: [String] { filter.lowercased().split(separator: " ").map { String($0) } }

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
    /// Mark this row, or take its mark away.
    case toggled(Int)
    /// Mark all rows, or none where all are marked.
    case toggledAll
    /// Mark these rows.
    case marked(ClosedRange<Int>)
}
