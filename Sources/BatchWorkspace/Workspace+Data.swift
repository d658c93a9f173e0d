package import BatchDomain
import Foundation
import GRDB

extension Workspace {
    /// Registers a data asset; the data stays where it is.
    ///
    /// - Throws: ``ValidationError`` for names and paths; ``StudioError`` when the version exists or the place does not.
    package func register(_ registration: DataRegistration) async throws -> DataAsset {
        var problems = NameRule.data.problems(in: registration.name)
        if let version = registration.version {
            problems += NameRule.version.problems(in: version, field: "version")
        }
        if case .asset = registration.path {
            problems.append(
                Problem(
                    field: "path",
                    value: registration.path.description,
                    rule: "must be a place, not another data asset",
                    example: "./unlabeled"
                )
            )
        }
        try ValidationError.throwIfAny(problems)
        let createdAt = now()
        return try await database.write { db in
            if let path = try Self.localPath(of: registration.path, db), !FileManager.default.fileExists(atPath: path) {
                throw StudioError(
                    .notFound,
                    "There is no file or folder at \(path).",
                    advice: "Check the asset's path."
                )
            }
            let asset = DataAsset(
                name: registration.name,
                version: try DataAsset.nextVersion(db, name: registration.name, wanted: registration.version),
                kind: registration.kind,
                description: registration.description,
                tags: registration.tags,
                path: registration.path,
                createdAt: createdAt
            )
            try asset.insert(db)
            return asset
        }
    }

    /// The data asset that a reference means.
    package func dataAsset(_ reference: AssetReference) async throws -> DataAsset {
        try await database.read { db in try DataAsset.find(db, reference) }
    }

    /// All versions of one data asset, or the latest version of each; the newest first.
    package func dataAssets(
        named name: String? = nil,
        _ visibility: Visibility = .active
    ) async throws -> [DataAsset] {
        try await latest(of: name, visibility)
    }

    /// The datastores, by name.
    package func datastores() async throws -> [Datastore] {
        try await database.read { db in try Datastore.order(Column("name")).fetchAll(db) }
    }

    /// Where a datastore path lies on this machine, absolute.
    package func localPath(of path: DatastorePath) async throws -> String {
        try await database.read { db in try Self.localPath(of: path, db) }
    }

    static func localPath(of path: DatastorePath, _ db: Database) throws -> String {
        guard let datastore = try Datastore.fetchOne(db, key: path.datastore) else {
            let names = try String.fetchAll(db, sql: "SELECT name FROM datastore ORDER BY name")
            throw StudioError(
                .notFound,
                "There is no datastore named '\(path.datastore)'; there is \(names.joined(separator: ", "))."
            )
        }
        return path.path.isEmpty ? datastore.path : datastore.path + "/" + path.path
    }

    /// Where data lies on this machine, absolute; nil for an address elsewhere.
    static func localPath(of reference: DataReference, _ db: Database) throws -> String? {
        switch reference {
        case .asset(let asset): try localPath(of: DataAsset.find(db, asset).path, db)
        case .datastore(let path): try localPath(of: path, db)
        case .local(let path): path
        case .url: nil
        }
    }
}
