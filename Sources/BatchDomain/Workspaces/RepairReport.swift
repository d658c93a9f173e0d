/// The results of a repair, and what is left for the user to check.
package struct RepairReport: Equatable, Sendable {
    /// The values that were read of one table.
    package struct Table: Equatable, Sendable {
        /// The table's name.
        package var name: String
        /// The rows that are in the new database.
        package var rows: Int
        /// The rows that were read and are not in it: they break the table's rules, or name rows that are lost.
        package var leftOut: Int
        /// True when reading met damage: then rows may be missing.
        package var isDamaged: Bool

        package init(name: String, rows: Int, leftOut: Int = 0, isDamaged: Bool) {
            self.name = name
            self.rows = rows
            self.leftOut = leftOut
            self.isDamaged = isDamaged
        }
    }

    /// A model's files without a row in the database.
    package struct LostModel: Hashable, Sendable {
        /// Name and version, by where the files lie.
        package var id: AssetVersion
        /// The model's folder or file, absolute.
        package var path: String

        package init(id: AssetVersion, path: String) {
            self.id = id
            self.path = path
        }
    }

    /// Where the damaged database lies now; nil when there was none.
    package var setAside: String?
    /// The values that were read of it.
    package var tables: [Table]
    /// Models without a row in the database.
    package var models: [LostModel]
    /// The names of jobs without a row in the database; their files are where they were.
    package var jobs: [String]

    package init(setAside: String? = nil, tables: [Table] = [], models: [LostModel] = [], jobs: [String] = []) {
        self.setAside = setAside
        self.tables = tables
        self.models = models
        self.jobs = jobs
    }
}
