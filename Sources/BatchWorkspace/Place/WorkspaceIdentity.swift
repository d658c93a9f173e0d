import Foundation
import GRDB

/// The random id of a workspace, which distinguishes it from its copies.
///
/// It belongs to one database file, known by its number on the disk: a database that is found under another number was copied or
/// restored, and gets an id of its own when it is first opened for writing.
enum WorkspaceIdentity {
    static let table = """
        CREATE TABLE workspaceIdentity (
            singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
            id TEXT NOT NULL,
            inode INTEGER NOT NULL
        ) STRICT;
        """

    /// The id that is stored, if there is one.
    static func id(_ db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT id FROM workspaceIdentity")
    }

    /// Gives the workspace an id unless its file has one.
    static func update(_ connections: any DatabaseWriter, _ file: FileIdentity) throws {
        let inode = Int64(bitPattern: UInt64(file.inode))
        let known = try connections.read { db in try Int64.fetchOne(db, sql: "SELECT inode FROM workspaceIdentity") }
        if known == inode { return }
        try connections.write { db in
            try db.execute(
                sql: """
                    INSERT INTO workspaceIdentity (singleton, id, inode) VALUES (1, ?, ?)
                    ON CONFLICT (singleton) DO UPDATE SET id = excluded.id, inode = excluded.inode
                    WHERE inode <> excluded.inode
                    """,
                arguments: [UUID().uuidString.lowercased(), inode]
            )
        }
    }
}
