package import BatchDomain
import BatchWorkspace

extension Studio {
    /// Archives versions of an asset, so that lists leave them out, or restores them.
    ///
    /// - Parameters:
    ///   - isArchived: True archives, false restores.
    ///   - kind: The kind of the asset.
    ///   - name: The asset's name.
    ///   - version: The version; nil for all.
    /// - Throws: ``StudioError`` when there is no such version.
    package func setArchived(_ isArchived: Bool, _ kind: AssetKind, _ name: String, version: String?) async throws {
        try await workspace.setArchived(isArchived, kind, name, version: version)
    }

    /// Deletes a version of an asset.
    ///
    /// - Throws: ``StudioError`` with code `inUse` while a deployment or an unfinished job uses it.
    package func delete(_ kind: AssetKind, _ reference: AssetReference) async throws {
        switch kind {
        case .model: try await workspace.deleteModel(reference)
        case .data: try await workspace.deleteDataAsset(reference)
        case .environment: try await workspace.deleteEnvironment(reference)
        }
    }

    /// Name and version of the asset that a reference means.
    package func version(of kind: AssetKind, _ reference: AssetReference) async throws -> AssetVersion {
        switch kind {
        case .model: try await workspace.model(reference).id
        case .data: try await workspace.dataAsset(reference).id
        case .environment: try await workspace.environment(reference).id
        }
    }
}
