package import BatchDomain
import GRDB

extension Workspace {
    /// Takes an asset out of lists, or brings it back; without a version, all versions of it.
    ///
    /// - Throws: ``StudioError`` with code `notFound`, naming what there is.
    package func setArchived(_ isArchived: Bool, _ kind: AssetKind, _ name: String, version: String?) async throws {
        try await database.write { db in
            try Self.setArchived(isArchived, kind.asset, name, version: version, db)
        }
    }

    /// Takes a job out of lists, or brings it back.
    ///
    /// - Throws: ``StudioError`` while the job is unfinished: it would run without being listed.
    package func setArchived(_ isArchived: Bool, job name: String) async throws {
        try await database.write { db in
            let record = try Self.jobRecord(name, db)
            guard record.state.isTerminal || !isArchived else {
                throw StudioError(
                    .invalidState,
                    "Job \(name) is \(record.state.rawValue): an unfinished job can't be archived.",
                    advice: "Wait for it, or cancel it with: batchstudio job cancel -n \(name)",
                    inStudio: "Wait for it, or cancel it."
                )
            }
            try db.execute(sql: "UPDATE job SET isArchived = ? WHERE name = ?", arguments: [isArchived, name])
        }
    }

    private static func setArchived<Asset: VersionedAsset>(
        _ isArchived: Bool,
        _ type: Asset.Type,
        _ name: String,
        version: String?,
        _ db: Database
    ) throws {
        var request = Asset.filter(Column("name") == name)
        if let version {
            _ = try Asset.find(db, AssetReference(name: name, version: .exact(version)))
            request = request.filter(Column("version") == version)
        }
        if try request.updateAll(db, Column("isArchived").set(to: isArchived)) == 0 {
            // Says that there is none.
            _ = try Asset.find(db, AssetReference(name: name))
        }
    }
}
