import GRDB

extension Workspace {
    /// Refuses a change before anything is made for it.
    ///
    /// - Throws: ``StudioError`` in a workspace that is read-only; ``WorkspaceDisplaced``.
    package func checkWritable() throws { try database.checkWritable() }

    /// Where it was opened, and whether it is still there.
    package var place: WorkspacePlace { database.place }

    /// The random id that distinguishes it from its copies; nil where it can only be read and an earlier version wrote it.
    package func id() async throws -> String? {
        try await database.read { db in try WorkspaceIdentity.id(db) }
    }

    /// The number of the last change of the database's schema.
    package func schemaVersion() async throws -> Int {
        let applied = try await database.read { db in try Schema.migrator.appliedIdentifiers(db) }
        return applied.compactMap { Int($0.prefix { $0.isNumber }) }.max() ?? 0
    }
}

extension Workspace {
    /// Moves all changes into the database's own file and empties its log, unless another process is reading: then that file alone is a
    /// good backup until the next change.
    package func checkpoint() async {
        guard readOnlyReason == nil, place.displacement() == nil else { return }
        try? await database.connections.writeWithoutTransaction { db in
            // No reader is waited for: the next checkpoint is enough.
            try db.execute(sql: "PRAGMA busy_timeout = 0")
            defer { try? db.execute(sql: "PRAGMA busy_timeout = 20000") }
            _ = try db.checkpoint(.truncate)
        }
    }
}
