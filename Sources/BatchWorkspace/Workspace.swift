package import BatchDomain
package import Foundation
import GRDB
import Glibc
import SystemKit

/// A workspace on disk and the use cases that every face calls.
///
/// Any number of processes may have the same workspace open; SQLite orders their writes.
package struct Workspace: Sendable {
    /// Where it lies.
    package let folder: WorkspaceFolder
    /// The time of day; tests bring their own.
    package let now: @Sendable () -> Date
    let database: WorkspaceDatabase
    /// Why it can only be read, in words such as "read-only: owned by anna"; nil where it can be changed.
    package let readOnlyReason: String?

    /// How hard a connection works for durability.
    package enum Durability: Sendable {
        /// A commit survives the death of the process, and of the machine except for its last moments.
        case normal
        /// A commit survives the death of the machine: for the journal of mini-batches.
        case full
    }

    /// Opens the workspace in a folder, making what is missing.
    ///
    /// A workspace that this user may not change is opened to be read, see ``readOnlyReason``.
    ///
    /// - Throws: ``StudioError`` with code `workspace` when the folder can't be used or was written by a newer version.
    package init(
        opening folder: WorkspaceFolder,
        durability: Durability = .normal,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        try self.init(opening: folder, access: WorkspaceAccess(to: folder), durability: durability, now: now)
    }

    init(
        opening folder: WorkspaceFolder,
        access: WorkspaceAccess,
        durability: Durability = .normal,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        self.folder = folder
        self.now = now
        try DatabaseDamage.checkLoss(folder)
        if case .readOnly(let reason) = access {
            let (opened, isCopy) = try Self.openReadOnly(folder, access)
            database = opened
            readOnlyReason = "read-only: \(reason)" + (isCopy ? "; a copy of its database is read, as it is now" : "")
            return
        }
        readOnlyReason = nil
        if !FileManager.default.fileExists(atPath: folder.database) {
            try Self.makeFolders(folder)
        }
        database = try Self.openDatabase(folder, durability: durability)
        try Self.seed(database.connections, folder: folder, at: now())
    }

    private static func makeFolders(_ folder: WorkspaceFolder) throws {
        for path in [folder.path, folder.models, folder.code, folder.blobs, folder.path + "/jobs"] {
            do {
                try FileManager.default.createDirectory(
                    atPath: path,
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            } catch {
                throw StudioError(
                    .workspace,
                    "The workspace \(folder.path) can't be made: \(path) is not a folder or may not be written.",
                    advice: "Choose another with --workspace DIR or $BATCHSTUDIO_WORKSPACE."
                )
            }
        }
    }

    private static func openDatabase(_ folder: WorkspaceFolder, durability: Durability) throws -> WorkspaceDatabase {
        var configuration = Configuration(of: folder)
        configuration.busyMode = .timeout(20)
        configuration.maximumReaderCount = 4
        if durability == .full {
            configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
        }
        return try explainingErrors(of: folder) {
            try FileLock.withLock(at: folder.database + ".setup") {
                // SQLite gives the files beside the database the mode that the database has.
                let descriptor = open(folder.database, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
                if descriptor >= 0 { close(descriptor) }
                let place = try WorkspacePlace(folder)
                let migrator = Schema.migrator
                // By a connection that only reads: opening a pool writes to the file, and a damaged one is evidence.
                let inspection = try reader(of: folder)
                try inspection.read { db in
                    try DatabaseDamage.check(db, isThorough: durability == .full)
                    if try migrator.hasBeenSuperseded(db) { throw try newer(folder, migrator, db) }
                }
                let pool = try DatabasePool(path: folder.database, configuration: configuration)
                try migrator.migrate(pool)
                place.hold("studio.sqlite", "studio.sqlite-wal")
                if let file = place.identity(of: "studio.sqlite") { try WorkspaceIdentity.update(pool, file) }
                return WorkspaceDatabase(pool, inspection: inspection, place: place)
            }
        }
    }

    private static func openReadOnly(
        _ folder: WorkspaceFolder,
        _ access: WorkspaceAccess
    ) throws -> (WorkspaceDatabase, isCopy: Bool) {
        try explainingErrors(of: folder) {
            let migrator = Schema.migrator
            let (connection, isCopy) = try ReadOnlyDatabase(folder, migrator).open()
            try connection.read { db in
                try DatabaseDamage.check(db, isThorough: false)
                if try migrator.hasBeenSuperseded(db) { throw try newer(folder, migrator, db) }
            }
            let database = WorkspaceDatabase(
                connection,
                inspection: connection,
                place: try WorkspacePlace(folder),
                refusal: access.refusal(of: folder)
            )
            return (database, isCopy)
        }
    }

    /// Runs the opening of a database; its errors become those that users can act on.
    private static func explainingErrors<Result>(
        of folder: WorkspaceFolder,
        _ body: () throws -> Result
    ) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            let words = explanation(of: error, in: folder)
            if let words, words.code == .damaged { throw words }
            throw StudioError(
                .workspace,
                "The workspace \(folder.path) can't be opened: \(error.message ?? "SQLite error \(error.resultCode)").",
                advice: "Nothing was changed. Check the folder's permissions and free space."
            )
        }
    }

    /// A connection by which a database is read without a byte of it being written.
    static func reader(of folder: WorkspaceFolder) throws -> DatabaseQueue {
        try DatabaseQueue(path: folder.database, configuration: .reading(folder))
    }

    /// The refusal of a workspace that has what this version knows nothing of.
    static func newer(
        _ folder: WorkspaceFolder,
        _ migrator: DatabaseMigrator,
        _ db: Database
    ) throws -> StudioError {
        let applied = try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid")
        let unknown = applied.filter { !migrator.migrations.contains($0) }.map { "'\($0)'" }
        return StudioError(
            .workspace,
            "The workspace \(folder.path) was written by a newer batchstudio: its database has "
                + "\(unknown.joined(separator: ", ")), and this one ends with '\(migrator.migrations.last ?? "")'.",
            advice: "Use the newer version, or choose another workspace with --workspace DIR."
        )
    }

    /// Creates the parts that every workspace has.
    private static func seed(_ database: any DatabaseWriter, folder: WorkspaceFolder, at now: Date) throws {
        let isSeeded = try database.read { db in
            try Datastore.exists(db, key: Datastore.defaultName)
                && ComputeTarget.exists(db, key: ComputeTarget.defaultName)
        }
        if isSeeded { return }
        try database.write { db in
            try Datastore(
                name: Datastore.defaultName,
                description: "The default datastore: job output goes here.",
                path: folder.blobs,
                createdAt: now
            ).stored(db).insert(db, onConflict: .ignore)
            try ComputeTarget(
                name: ComputeTarget.defaultName,
                kind: .local,
                description: "This machine.",
                createdAt: now
            ).insert(db, onConflict: .ignore)
        }
    }
}
