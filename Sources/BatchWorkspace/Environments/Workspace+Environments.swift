package import BatchDomain
import Foundation
import GRDB

extension Workspace {
    /// Registers an environment; it is built when the first job needs it.
    ///
    /// - Throws: ``ValidationError`` for names; ``StudioError`` when the version exists.
    package func register(_ registration: EnvironmentRegistration) async throws -> EnvironmentAsset {
        try Self.checkNames(of: registration)
        let createdAt = now()
        return try await database.write { db in try Self.register(registration, db, at: createdAt) }
    }

    static func checkNames(of registration: EnvironmentRegistration) throws {
        var problems = NameRule.environment.problems(in: registration.name)
        if let version = registration.version {
            problems += NameRule.version.problems(in: version, field: "version")
        }
        try ValidationError.throwIfAny(problems)
    }

    static func register(
        _ registration: EnvironmentRegistration,
        _ db: Database,
        at date: Date
    ) throws -> EnvironmentAsset {
        let asset = EnvironmentAsset(
            name: registration.name,
            version: try EnvironmentAsset.nextVersion(db, name: registration.name, wanted: registration.version),
            description: registration.description,
            tags: registration.tags,
            image: registration.image,
            condaFile: registration.condaFile,
            source: registration.source,
            createdAt: date
        )
        try asset.insert(db)
        return asset
    }

    /// The environment that a reference means.
    package func environment(_ reference: AssetReference) async throws -> EnvironmentAsset {
        try await database.read { db in try EnvironmentAsset.find(db, reference) }
    }

    /// All versions of one environment, or the latest version of each; the newest first.
    package func environments(
        named name: String? = nil,
        _ visibility: Visibility = .active
    ) async throws -> [EnvironmentAsset] {
        try await latest(of: name, visibility)
    }
}
