/// What a repair has done, and what is left for a person to look at.
package struct RepairReport: Equatable, Sendable {
    /// What was read of one table.
    package struct Table: Equatable, Sendable {
        /// The table's name.
        package var name: String
        /// The rows that are in the new database.
        package var rows: Int
        /// Whether reading met damage: then rows may be missing.
        package var isDamaged: Bool

        package init(name: String, rows: Int, isDamaged: Bool) {
            self.name = name
            self.rows = rows
            self.isDamaged = isDamaged
        }
    }

    /// A model's files without a row that tells of them.
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
    /// What was read of it.
    package var tables: [Table]
    /// Models that no row tells of.
    package var models: [LostModel]
    /// The names of jobs that no row tells of; their files are where they were.
    package var jobs: [String]

    package init(setAside: String? = nil, tables: [Table] = [], models: [LostModel] = [], jobs: [String] = []) {
        self.setAside = setAside
        self.tables = tables
        self.models = models
        self.jobs = jobs
    }
}
