package import BatchDomain
import BatchExecutor
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

    /// The files and folders at a path of a datastore, wherever it is.
    ///
    /// - Parameters:
    ///   - place: The path; empty for the whole datastore.
    ///   - report: Receives the steps that take time: the first listing of a remote place builds the environment of its readers.
    /// - Returns: Folders first, both by name.
    /// - Throws: ``StudioError`` when it can't be read.
    package func entries(at place: DatastorePath, report: @escaping Report) async throws -> [DatastoreEntry] {
        let datastore = try await workspace.datastore(place.datastore)
        guard let remote = datastore.remote else { return try await workspace.localEntries(at: place) }
        return try await RemoteFolder(
            RemoteInput(place: remote, path: place.path, datastore: datastore.name),
            credentials: try workspace.credentials(of: datastore),
            variables: caller.environment
        ).entries(report: report)
    }

    /// The data assets whose files lie in a datastore, the newest first.
    package func dataAssets(in datastore: String) async throws -> [DataAsset] {
        try await workspace.dataAssets(in: datastore)
    }

    /// What keeps a datastore from being deleted; nil when nothing does.
    package func user(of datastore: String) async throws -> String? {
        try await workspace.user(of: workspace.datastore(datastore))
    }

    /// Deletes a datastore.
    ///
    /// - Throws: ``StudioError`` with code `inUse` while an asset or an unfinished job uses it.
    package func deleteDatastore(_ name: String) async throws { try await workspace.deleteDatastore(name) }
}
