import BatchDomain
import GRDB
import Glibc

/// Brings the rows that can be read of a damaged database into a new one.
struct Recovery {
    private let old: String?
    private let new: String
    private let folder: WorkspaceFolder

    /// - Parameters:
    ///   - old: The damaged database, if there is one.
    ///   - new: The path of the new one.
    ///   - folder: The workspace.
    init(from old: String?, to new: String, in folder: WorkspaceFolder) {
        self.old = old
        self.new = new
        self.folder = folder
    }

    /// Makes the new database and fills it; all of it is in one file when this returns.
    ///
    /// - Returns: What was read of each table; none when nothing of the old database can be read.
    /// - Throws: The database's error when the new one can't be written.
    func run() throws -> [RepairReport.Table] {
        let descriptor = Glibc.open(new, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
        var configuration = Configuration(of: folder)
        // Rows come table by table, and some that others name may be lost: what hangs in the air is cut off at the end.
        configuration.foreignKeysEnabled = false
        // Not a pool: that would keep a log beside it.
        let target = try DatabaseQueue(path: new, configuration: configuration)
        let source = old.flatMap(Self.open)
        let known = source.map { Self.migrations(in: $0) } ?? []
        let ours = Schema.migrator.migrations
        // Rows fit the schema that they were written in, and go up from there as they would have.
        if let last = ours.last(where: known.contains) { try Schema.migrator.migrate(target, upTo: last) }
        if known.isEmpty { try Schema.migrator.migrate(target) }
        var copies: [String: Copy] = [:]
        if let source {
            for name in try target.read(Self.tables) { copies[name] = try copy(name, from: source, to: target) }
        }
        try Schema.migrator.migrate(target)
        let tables = try target.write { [copies] db in
            let cutOff = try Self.cutOffLooseRows(db)
            try Self.countAgain(db)
            // Counted last, and only tables that are left: some are made into others by a later schema.
            return try Self.tables(db).compactMap { name in
                try copies[name].map { copy in
                    RepairReport.Table(
                        name: name,
                        rows: try Self.rows(of: name, db),
                        leftOut: copy.refused + cutOff[name, default: 0],
                        isDamaged: !copy.isWhole
                    )
                }
            }
        }
        try? source?.close()
        try target.close()
        return tables
    }

    /// The tables of a database that was repaired before.
    static func tables(of folder: WorkspaceFolder) throws -> [RepairReport.Table] {
        try Workspace.reader(of: folder).read { db in
            try tables(db).map { RepairReport.Table(name: $0, rows: try rows(of: $0, db), isDamaged: false) }
        }
    }

    private static func rows(of table: String, _ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \"\(table)\"") ?? 0
    }

    /// Sees to it that a database, as far as it can be read, is not of a newer version.
    ///
    /// - Throws: ``StudioError`` when it is.
    static func checkVersion(of path: String) throws {
        guard let source = open(path) else { return }
        let ours = Schema.migrator.migrations
        guard let newer = migrations(in: source).first(where: { !ours.contains($0) }) else { return }
        throw StudioError(
            .workspace,
            "The database was written by a newer batchstudio: it has '\(newer)'. Nothing was changed.",
            advice: "Repair it with that version."
        )
    }

    private static func open(_ path: String) -> DatabaseQueue? {
        var configuration = Configuration()
        configuration.readonly = true
        return try? DatabaseQueue(path: path, configuration: configuration)
    }

    private static func migrations(in source: DatabaseQueue) -> [String] {
        (try? source.read { db in try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations") }) ?? []
    }

    private static func tables(_ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT name FROM sqlite_schema
                WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'grdb_migrations' ORDER BY rowid
                """
        )
    }

    /// What came of the copy of a table.
    private struct Copy {
        /// False when reading met damage.
        var isWhole = true
        /// Rows that break the table's own rules.
        var refused = 0
    }

    /// The columns that SQLite computes, which can't be written.
    private static func generatedColumns(of table: String, _ db: Database) throws -> Set<String> {
        let sql = "SELECT name FROM pragma_table_xinfo(?) WHERE hidden IN (2, 3)"
        return try String.fetchSet(db, sql: sql, arguments: [table])
    }

    /// Reads a table from its beginning to the damage, then from its end back to it.
    private func copy(_ table: String, from source: DatabaseQueue, to target: DatabaseQueue) throws -> Copy {
        let key = try target.read { db in try db.primaryKey(table).columns }
        let backwards = key.map { "\"\($0)\" DESC" }.joined(separator: ", ")
        let copied = try copy("SELECT * FROM \"\(table)\"", table, from: source, to: target)
        if !copied.isWhole {
            // What this refuses may have been copied before.
            _ = try copy("SELECT * FROM \"\(table)\" ORDER BY \(backwards)", table, from: source, to: target)
        }
        return copied
    }

    /// Copies what a query gives, to the damage.
    private func copy(
        _ query: String,
        _ table: String,
        from source: DatabaseQueue,
        to target: DatabaseQueue
    ) throws -> Copy {
        let generated = try target.read { db in try Self.generatedColumns(of: table, db) }
        // Without a transaction, whose end may meet the damage too.
        return try source.unsafeRead { old in
            try target.write { new in
                var copy = Copy()
                let rows: RowCursor
                do {
                    rows = try Row.fetchCursor(old, sql: query)
                } catch {
                    copy.isWhole = false
                    return copy
                }
                while true {
                    let row: Row?
                    do {
                        row = try rows.next()
                    } catch {
                        copy.isWhole = false
                        return copy
                    }
                    guard let row else { return copy }
                    let columns = row.columnNames.filter { !generated.contains($0) }
                    let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
                    let marks = columns.map { _ in "?" }.joined(separator: ", ")
                    // A row that breaks the table's own rules is damage too.
                    do {
                        try new.cachedStatement(sql: "INSERT OR IGNORE INTO \"\(table)\" (\(names)) VALUES (\(marks))")
                            .execute(arguments: StatementArguments(columns.map { row[$0] as DatabaseValue }))
                        if new.changesCount == 0 { copy.refused += 1 }
                    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                        // A value of another type than its column's is never ignored.
                        copy.refused += 1
                    }
                }
            }
        }
    }

    /// Removes rows that name others which are lost, and a default deployment that is; returns how many of each table.
    private static func cutOffLooseRows(_ db: Database) throws -> [String: Int] {
        var removed: [String: Int] = [:]
        try db.execute(
            sql: """
                UPDATE endpoint SET defaultDeployment = NULL WHERE NOT EXISTS
                    (SELECT 1 FROM deployment WHERE endpointName = endpoint.name AND deployment.name = defaultDeployment)
                """
        )
        var isLoose = true
        while isLoose {
            isLoose = false
            for table in try tables(db) where table != "endpoint" {
                for key in try db.foreignKeys(on: table) where key.mapping.count == 1 {
                    let (own, other) = key.mapping[0]
                    try db.execute(
                        sql: """
                            DELETE FROM "\(table)" WHERE "\(own)" IS NOT NULL
                                AND "\(own)" NOT IN (SELECT "\(other)" FROM "\(key.destinationTable)")
                            """
                    )
                    removed[table, default: 0] += db.changesCount
                    if db.changesCount > 0 { isLoose = true }
                }
            }
        }
        return removed
    }

    /// A resumed job is counted again from the mini-batches that are left: the others are scored again.
    private static func countAgain(_ db: Database) throws {
        try db.execute(sql: Workspace.recounting + " WHERE state NOT IN ('Completed', 'Failed', 'Canceled')")
    }
}
