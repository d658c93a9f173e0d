import GRDB

/// The versions that decide which databases can be read.
package enum DatabaseVersions {
    /// The last migration that this program knows.
    package static var schema: String { Schema.migrator.migrations.last ?? "" }

    /// SQLite's version, `3.40.1`.
    ///
    /// - Throws: An error of SQLite when there is no memory for an empty database.
    package static func sqlite() throws -> String {
        try DatabaseQueue().read { db in try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "" }
    }
}
