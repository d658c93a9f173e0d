package import BatchDomain
import BatchWorkspace

extension Studio {
    /// The datastore of that name.
    package func datastore(_ name: String) async throws -> Datastore { try await workspace.datastore(name) }

    /// The datastores, by name.
    package func datastores() async throws -> [Datastore] { try await workspace.datastores() }

    /// Creates a datastore, or replaces the one of that name.
    package func saveDatastore(_ registration: DatastoreRegistration) async throws -> Datastore {
        try await update { try await workspace.save(registration) }
    }

    /// Changes a datastore, starting from what it is and from its secrets.
    package func updateDatastore(
        _ name: String,
        _ change: (Datastore, Credentials) throws -> DatastoreRegistration
    ) async throws -> Datastore {
        try await update {
            let old = try await workspace.datastore(name)
            return try await workspace.save(change(old, try workspace.credentials(of: old)))
        }
    }

    /// Deletes a datastore.
    ///
    /// - Throws: ``StudioError`` with code `inUse` while an asset or an unfinished job uses it.
    package func deleteDatastore(_ name: String) async throws { try await workspace.deleteDatastore(name) }
}
