import GRDB

extension Workspace {
    /// The studio's state of a key: drafts of wizards, the page that was open.
    package func studioState(_ key: String) async throws -> String? {
        try await database.read { db in
            try String.fetchOne(db, sql: "SELECT value FROM studioState WHERE key = ?", arguments: [key])
        }
    }

    /// Keeps a text under a key; nil forgets it.
    ///
    /// A workspace that is only read keeps nothing.
    package func setStudioState(_ key: String, to value: String?) async throws {
        if readOnlyReason != nil { return }
        try await database.write { db in
            if let value {
                try db.execute(
                    sql: "INSERT INTO studioState (key, value) VALUES (?, ?) "
                        + "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    arguments: [key, value]
                )
            } else {
                try db.execute(sql: "DELETE FROM studioState WHERE key = ?", arguments: [key])
            }
        }
    }
}
