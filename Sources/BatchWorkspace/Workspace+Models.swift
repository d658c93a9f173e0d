package import BatchDomain
import Foundation
import GRDB

extension Workspace {
    /// Copies a model into the workspace and registers it.
    ///
    /// - Throws: ``ValidationError`` for names; ``StudioError`` when the folder is missing, links out of itself, or the
    ///   version exists.
    package func register(_ registration: ModelRegistration) async throws -> Model {
        var problems = NameRule.model.problems(in: registration.name)
        if let version = registration.version {
            problems += NameRule.version.problems(in: version, field: "version")
        }
        try ValidationError.throwIfAny(problems)
        let staging = folder.models + "/.partial-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: staging) }
        let bytes = try FolderCopy.copy(from: registration.path, to: staging)
        let createdAt = now()
        return try await database.write { db in
            let version = try Model.nextVersion(db, name: registration.name, wanted: registration.version)
            let path = WorkspaceFolder.model(AssetVersion(name: registration.name, version: version))
            let place = folder.path + "/" + path
            let model = Model(
                name: registration.name,
                version: version,
                kind: registration.kind,
                description: registration.description,
                tags: registration.tags,
                properties: registration.properties,
                source: registration.source,
                path: place + "/" + (registration.path as NSString).lastPathComponent,
                bytes: bytes,
                mlflow: registration.mlflow,
                createdAt: createdAt
            )
            try model.insert(db)
            // A folder without a row is what a killed registration or deletion left behind.
            try clear(path, db)
            try FileManager.default.createDirectory(
                atPath: place,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try FileManager.default.moveItem(atPath: staging, toPath: model.path)
            return model
        }
    }

    /// The model that a reference means.
    package func model(_ reference: AssetReference) async throws -> Model {
        try await database.read { db in try Model.find(db, reference) }
    }

    /// All versions of one model, or the latest version of every model; the newest first.
    package func models(named name: String? = nil, _ visibility: Visibility = .active) async throws -> [Model] {
        try await latest(of: name, visibility)
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
            return try Asset.fetchAll(
                db,
                sql: """
                    SELECT * FROM \(table) WHERE sequence IN (
                        SELECT max(sequence) FROM \(table) WHERE \(visibility.condition) GROUP BY name
                    ) ORDER BY sequence DESC
                    """
            )
        }
    }
}
