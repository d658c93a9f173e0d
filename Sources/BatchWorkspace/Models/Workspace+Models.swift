package import BatchDomain
import Foundation
import GRDB

extension Workspace {
    /// Copies a model into the workspace and registers it.
    ///
    /// - Throws: ``ValidationError`` for names; ``StudioError`` when the folder is missing, links out of itself, or the
    ///   version exists.
    package func register(_ registration: ModelRegistration) async throws -> Model {
        try database.checkWritable()
        let staged = try StagedModel(registration, in: folder)
        defer { staged.discard() }
        let createdAt = now()
        return try await database.write { db in try staged.register(db, at: createdAt) }
    }

    /// The model that a reference means.
    package func model(_ reference: AssetReference) async throws -> Model {
        try await database.read { db in try Model.find(db, reference) }
    }

    /// All versions of one model, or the latest version of every model; the newest first.
    package func models(named name: String? = nil, _ visibility: Visibility = .active) async throws -> [Model] {
        try await latest(of: name, visibility)
    }

    /// All versions of all models, by name, the newest first.
    package func modelVersions(_ visibility: Visibility = .active) async throws -> [Model] {
        try await versions(visibility)
    }

    /// All versions of all assets, by name, the newest first.
    func versions<Asset: VersionedAsset & Sendable>(_ visibility: Visibility) async throws -> [Asset] {
        try await database.read { db in
            try Asset.filter(sql: visibility.condition).order(Column("name"), Column("sequence").desc).fetchAll(db)
        }
    }

    /// All versions of one asset, or the latest version of each; the newest first.
    func latest<Asset: VersionedAsset & Sendable>(
        of name: String?,
        _ visibility: Visibility
    ) async throws -> [Asset] {
        try await database.read { db in
            if let name {
                return try Asset.filter(Column("name") == name).filter(sql: visibility.condition)
                    .order(Column("sequence").desc).fetchAll(db)
            }
            let table = Asset.databaseTableName
            return try Asset.filter(
                sql: "sequence IN (SELECT max(sequence) FROM \(table) WHERE \(visibility.condition) GROUP BY name)"
            ).order(Column("sequence").desc).fetchAll(db)
        }
    }
}
