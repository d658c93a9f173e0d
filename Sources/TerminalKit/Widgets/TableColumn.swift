/// A column of a table: its title, its width, and what it says of a row.
package struct TableColumn<Row>: Sendable {
    /// How wide a column is.
    package enum Width: Equatable, Sendable {
        /// Always this many columns.
        case fixed(Int)
        /// At least this many, and a share of what is left.
        case flexible(minimum: Int, weight: Int = 1)

        var minimum: Int {
            switch self {
            case .fixed(let width), .flexible(let width, _): width
            }
        }

        var weight: Int {
            switch self {
            case .fixed: 0
            case .flexible(_, let weight): weight
            }
        }
    }

    /// The identifier of the column in `TableState.sort`.
    package var id: String
    /// Its title.
    package var title: String
    /// How wide it is.
    package var width: Width
    /// Where its text stands; numbers trail.
    package var alignment: Alignment
    /// Columns of a higher number are left out first when there is no room; 0 always stays.
    package var importance: Int
    /// True when the table can be sorted by it.
    package var isSortable: Bool
    /// Its text for a row.
    package var text: @Sendable (Row) -> String
    /// The colour of what it says.
    package var role: @Sendable (Row) -> Role
    /// True when one row comes before another one; nil compares the texts as users count, `v9` before `v10`.
    package var precedes: (@Sendable (Row, Row) -> Bool)?

    /// Describes a column; only title, width and text differ in most.
    package init(
        _ title: String,
        id: String? = nil,
        _ width: Width,
        alignment: Alignment = .leading,
        importance: Int = 0,
        isSortable: Bool = true,
        role: @escaping @Sendable (Row) -> Role = { _ in .text },
        precedes: (@Sendable (Row, Row) -> Bool)? = nil,
        text: @escaping @Sendable (Row) -> String
    ) {
        self.id = id ?? title
        self.title = title
        self.width = width
        self.alignment = alignment
        self.importance = importance
        self.isSortable = isSortable
        self.text = text
        self.role = role
        self.precedes = precedes
    }
}

/// Shares the width of a table among its columns.
enum ColumnLayout {
    static let gap = 2

    /// Index, start and width of each column that has room.
    static func places(
        _ widths: [(minimum: Int, weight: Int, importance: Int)],
        available: Int
    ) -> [(index: Int, x: Int, width: Int)] {
        var kept = Array(widths.indices)
        func needed() -> Int { kept.reduce(0) { $0 + widths[$1].minimum } + gap * max(0, kept.count - 1) }
        while needed() > available,
            let last = kept.lazy.filter({ widths[$0].importance > 0 })
                .max(by: { (widths[$0].importance, $0) < (widths[$1].importance, $1) })
        {
            kept.removeAll { $0 == last }
        }
        let weights = kept.reduce(0) { $0 + widths[$1].weight }
        var left = max(0, available - needed())
        var weightsLeft = weights
        var x = 0
        return kept.map { index in
            let weight = widths[index].weight
            let share = weightsLeft > 0 ? left * weight / weightsLeft : 0
            left -= share
            weightsLeft -= weight
            defer { x += widths[index].minimum + share + gap }
            return (index, x, widths[index].minimum + share)
        }
    }
}
