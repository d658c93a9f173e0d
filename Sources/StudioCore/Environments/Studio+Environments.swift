package import BatchDomain
import BatchManifest
import BatchWorkspace

extension Studio {
    /// The environment that a reference means.
    package func environment(_ reference: AssetReference) async throws -> EnvironmentAsset {
        try await workspace.environment(reference)
    }

    /// The latest version of every environment, or all versions of one.
    package func environments(
        named name: String? = nil,
        _ visibility: Visibility = .active
    ) async throws -> [EnvironmentAsset] {
        try await workspace.environments(named: name, visibility)
    }

    /// Registers an environment: the Python packages that scoring code needs.
    ///
    /// The first job builds it.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package func createEnvironment(_ registration: EnvironmentRegistration) async throws -> EnvironmentAsset {
        try await workspace.register(registration)
    }

    /// Registers an environment from its conda or pip file, named as typed.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package func createEnvironment(_ draft: EnvironmentDraft) async throws -> EnvironmentAsset {
        let manifest = EnvironmentManifest.document(of: draft, in: caller.currentDirectory)
        return try await createEnvironment(EnvironmentManifest.read(manifest))
    }

    /// Changes an environment's description and tags.
    package func updateEnvironment(
        _ reference: AssetReference,
        _ change: (EnvironmentAsset) throws -> AssetLabels
    ) async throws -> EnvironmentAsset {
        try await update {
            let old = try await workspace.environment(reference)
            return try await workspace.relabel(environment: AssetReference(old.id), change(old))
        }
    }
}
