import BatchDomain
import Foundation
import GRDB
import SystemKit

/// Opens the database of a workspace that may not be written: not a byte of the workspace changes.
///
/// SQLite needs files beside a database in WAL mode. Where they are there, changes of the owner are seen as they come; where
/// they are not, the database alone is whole. What remains, a log without its index and the schema of an earlier version, is
/// read from a copy in the temporary folder.
struct ReadOnlyDatabase {
    private let folder: WorkspaceFolder
    private let migrator: DatabaseMigrator

    init(_ folder: WorkspaceFolder, _ migrator: DatabaseMigrator) {
        self.folder = folder
        self.migrator = migrator
    }

    /// The connection, and whether a copy is read.
    ///
    /// - Throws: `DatabaseError` when it can't be read.
    func open() throws -> (connection: DatabaseQueue, isCopy: Bool) {
        if let direct = try? openInPlace(), try direct.read({ try isUpToDate($0) }) { return (direct, false) }
        return (try openCopy(), true)
    }

    private func isUpToDate(_ db: Database) throws -> Bool {
        // One of a newer version is refused by the caller, not copied.
        try migrator.hasCompletedMigrations(db) || migrator.hasBeenSuperseded(db)
    }

    private func openInPlace() throws -> DatabaseQueue {
        var path = folder.database
        let hasIndex = exists(folder.database + "-shm") && exists(folder.database + "-wal")
        if !hasIndex {
            guard !hasLog else { throw DatabaseError(resultCode: .SQLITE_CANTOPEN) }
            // Nothing is said about changes while it is open: there is no log in which they would be.
            let escaped = folder.database.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? ""
            path = "file:\(escaped)?immutable=1"
        }
        let connection = try DatabaseQueue(path: path, configuration: .reading(folder))
        try connection.read { db in _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") }
        return connection
    }

    private func openCopy() throws -> DatabaseQueue {
        let place = NSTemporaryDirectory() + "/batchstudio-read-" + UUID().uuidString
        let manager = FileManager.default
        try manager.createDirectory(
            atPath: place,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        // What is open stays readable; nothing is left behind, however the process ends.
        defer { try? manager.removeItem(atPath: place) }
        let copy = place + "/studio.sqlite"
        for ending in ["", "-wal"] where exists(folder.database + ending) {
            try FileCopy.make(of: folder.database + ending, to: copy + ending, permissions: 0o600)
        }
        let connection = try DatabaseQueue(path: copy, configuration: Configuration(of: folder))
        try connection.writeWithoutTransaction { db in
            // With a journal of its own, a connection needs no more files than it has open.
            try db.execute(sql: "PRAGMA journal_mode = MEMORY")
        }
        if try !connection.read({ try migrator.hasBeenSuperseded($0) }) { try migrator.migrate(connection) }
        return connection
    }

    private var hasLog: Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: folder.database + "-wal")
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0 > 0
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}

extension Configuration {
    /// That of connections which only read.
    static func reading(_ folder: WorkspaceFolder) -> Configuration {
        var configuration = Configuration(of: folder)
        configuration.readonly = true
        configuration.busyMode = .timeout(20)
        return configuration
    }
}
