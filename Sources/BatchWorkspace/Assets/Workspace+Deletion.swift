package import BatchDomain
import GRDB

extension Workspace {
    /// Deletes a version of a model and its files; its other versions and the jobs that it scored stay.
    ///
    /// - Throws: ``StudioError`` with code `inUse`, naming the deployments and the jobs that need it.
    package func deleteModel(_ reference: AssetReference) async throws {
        try await database.write { db in
            let model = try Model.find(db, reference)
            try Self.checkUnused(model, column: "model", db)
            if let job = try Self.unfinishedJob(with: model.id, db) {
                throw StudioError(
                    .inUse,
                    "Job \(job.name), which scores with model '\(model.name)' version \(model.version), is "
                        + "\(job.state.rawValue).",
                    advice: "Wait for it, or cancel it with: batchstudio job cancel -n \(job.name)",
                    inStudio: "Wait for it, or cancel the job."
                )
            }
            try Self.delete(model, db)
            try Leftover(path: WorkspaceFolder.model(model.id)).save(db)
        }
        await sweep()
    }

    /// Deletes a version of a data asset; the data itself stays where it is.
    package func deleteDataAsset(_ reference: AssetReference) async throws {
        try await database.write { db in try Self.delete(try DataAsset.find(db, reference), db) }
    }

    /// Deletes a version of an environment; jobs that were submitted with it keep what they need.
    ///
    /// - Throws: ``StudioError`` with code `inUse`, naming the deployments that use it.
    package func deleteEnvironment(_ reference: AssetReference) async throws {
        try await database.write { db in
            let environment = try EnvironmentAsset.find(db, reference)
            try Self.checkUnused(environment, column: "environment", db)
            try Self.delete(environment, db)
        }
    }

    /// Deletes a job that has ended, with its logs and whatever it had scored without finishing; its output stays.
    ///
    /// - Throws: ``StudioError`` with code `inUse` when the job has not ended.
    package func deleteJob(_ name: String) async throws {
        try await forgetJob(name)
        await sweep()
    }

    /// The first half of deleting a job: it is gone, and its folder noted.
    func forgetJob(_ name: String) async throws {
        try await database.write { db in
            let record = try Self.jobRecord(name, db)
            guard record.state.isTerminal else {
                throw StudioError(
                    .inUse,
                    "Job \(name) is \(record.state.rawValue): only a job that has ended can be deleted.",
                    advice: "Cancel it first with: batchstudio job cancel -n \(name)",
                    inStudio: "Cancel it first."
                )
            }
            try forget(record, db)
        }
    }

    /// Deletes a job that has ended within a transaction, and notes its folder.
    func forget(_ record: JobRecord, _ db: Database) throws {
        let code = try String.fetchAll(
            db,
            sql: "SELECT code FROM job WHERE name = ? AND code IS NOT NULL",
            arguments: [record.name]
        )
        try record.delete(db)
        try Leftover(path: WorkspaceFolder.job(record.name)).save(db)
        try Self.noteUnusedCode(code, db)
        SecretStore(folder).remove(.job(record.name))
    }

    private static func delete<Asset: VersionedAsset>(_ asset: Asset, _ db: Database) throws {
        try Asset.filter(Column("name") == asset.name && Column("version") == asset.version).deleteAll(db)
        // Jobs and scripts name versions: a number that is gone must not come back as something else by itself.
        guard let number = Int(asset.version) else { return }
        try db.execute(
            sql: """
                INSERT INTO usedVersion (asset, name, number) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET number = max(number, excluded.number)
                """,
            arguments: [Asset.databaseTableName, asset.name, number]
        )
    }

    private static func checkUnused<Asset: VersionedAsset>(_ asset: Asset, column: String, _ db: Database) throws {
        let users = try deployments(
            where: names(AssetVersion(name: asset.name, version: asset.version), in: column),
            db
        )
        guard !users.isEmpty else { return }
        let names = users.map { "\($0.name) of endpoint '\($0.endpointName)'" }
        throw StudioError(
            .inUse,
            "\(Asset.noun.sentenceCased) '\(asset.name)' version \(asset.version) is used by "
                + "\(names.count == 1 ? "deployment" : "deployments") \(names.joined(separator: ", ")).",
            advice: "Delete \(names.count == 1 ? "it" : "them") first, or deploy another version under that name."
        )
    }

    private static func unfinishedJob(with model: AssetVersion, _ db: Database) throws -> JobRecord? {
        try JobRecord.filter(!["Completed", "Failed", "Canceled"].contains(Column("state"))).fetchAll(db)
            .first { $0.specification.model == model }
    }
}
