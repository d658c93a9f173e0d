/// Two jobs side by side: how the distributions of their predictions differ, and which rows changed.
package struct JobComparison: Equatable, Sendable {
    /// The job that is the reference.
    package var first: String
    /// The job that is compared with it.
    package var second: String
    /// True when both listed the same files with the same sizes; nil where that is not known any more.
    package var isSameInput: Bool?
    /// How the profiles differ, column by column; empty where a job has none.
    package var drifts: [ColumnDrift]
    /// Columns of the first job's profile only.
    package var vanishedColumns: [String]
    /// Columns of the second job's profile only.
    package var newColumns: [String]
    /// Why the profiles are not compared, for users; nil where they are.
    package var profileNote: String?
    /// The rows that both have; nil where they can't be joined.
    package var rows: RowComparison?
    /// Why the rows are not joined, for users; nil where they are.
    package var rowNote: String?

    package init(
        first: String,
        second: String,
        isSameInput: Bool? = nil,
        drifts: [ColumnDrift] = [],
        vanishedColumns: [String] = [],
        newColumns: [String] = [],
        profileNote: String? = nil,
        rows: RowComparison? = nil,
        rowNote: String? = nil
    ) {
        self.first = first
        self.second = second
        self.isSameInput = isSameInput
        self.drifts = drifts
        self.vanishedColumns = vanishedColumns
        self.newColumns = newColumns
        self.profileNote = profileNote
        self.rows = rows
        self.rowNote = rowNote
    }

    /// Compares two profiles.
    package mutating func compare(_ one: Profile, _ other: Profile) {
        drifts = one.columns.compactMap { column in other.column(column.name).map { ColumnDrift(from: column, to: $0) }
        }
        vanishedColumns = one.columns.map(\.name).filter { other.column($0) == nil }
        newColumns = other.columns.map(\.name).filter { one.column($0) == nil }
    }
}
