package import BatchDomain
import Foundation
import GRDB

extension Workspace {
    /// Makes a datastore, or changes the one of that name as `az ml datastore create` does.
    ///
    /// Its credentials go into files of their own, readable by the owner alone.
    ///
    /// - Throws: ``ValidationError`` for its values; ``StudioError`` for the datastore that every workspace has.
    package func save(_ registration: DatastoreRegistration) async throws -> Datastore {
        let wanted = registration.datastore
        var problems = NameRule.datastore.problems(in: wanted.name)
        if wanted.remote == nil, !wanted.path.hasPrefix("/") {
            problems.append(Problem(field: "path", value: wanted.path, rule: "must be an absolute path"))
        }
        try ValidationError.throwIfAny(problems)
        if wanted.name == Datastore.defaultName {
            throw StudioError(
                .invalidState,
                "The datastore '\(wanted.name)' is the workspace's own and does not change.",
                advice: "Choose another name."
            )
        }
        try database.checkWritable()
        if wanted.remote == nil {
            try FileManager.default.createDirectory(atPath: wanted.path, withIntermediateDirectories: true)
        }
        let secrets = SecretStore(folder)
        return try await database.write { db in
            var saved = wanted
            if let old = try Datastore.fetchOne(db, key: wanted.name) { saved.createdAt = old.createdAt }
            try saved.stored(db).upsert(db)
            try secrets.write(SecretStore.Secrets(credentials: registration.credentials), of: .datastore(saved.name))
            return saved
        }
    }

    /// The datastore of that name.
    package func datastore(_ name: String) async throws -> Datastore {
        try await database.read { db in try Self.datastore(name, db) }
    }

    /// The datastores, by name.
    package func datastores() async throws -> [Datastore] {
        try await database.read { db in try Datastore.order(Column("name")).fetchAll(db) }
    }

    /// The credentials of a datastore: for a change that keeps them, and for downloads.
    package func credentials(of datastore: Datastore) throws -> Credentials {
        try SecretStore(folder).read(.datastore(datastore.name)).credentials
    }

    /// Removes a datastore that no data asset and no unfinished job uses; the data stay.
    ///
    /// - Throws: ``StudioError`` that names the user.
    package func deleteDatastore(_ name: String) async throws {
        let secrets = SecretStore(folder)
        try await database.write { db in
            let datastore = try Self.datastore(name, db)
            if let user = try Self.user(of: datastore, db) {
                throw StudioError(.inUse, "The datastore '\(name)' is used by \(user).")
            }
            try datastore.delete(db)
            secrets.remove(.datastore(name))
        }
    }

    /// The access to a job's remote input.
    package func access(to input: RemoteInput, of job: String) throws -> RemoteAccess {
        let store = SecretStore(folder)
        let own = try store.read(.job(job))
        let credentials = try input.datastore.map { try store.read(.datastore($0)).credentials }
        return RemoteAccess(credentials: credentials ?? own.credentials)
    }

    /// The access to a remote input before there is a job: that of its datastore, else that of its address as the user gave it.
    package func access(to input: RemoteInput, given reference: DataReference) async throws -> RemoteAccess {
        if let datastore = input.datastore {
            return RemoteAccess(credentials: try SecretStore(folder).read(.datastore(datastore)).credentials)
        }
        let given = try await database.read { db in try Self.remoteInput(of: reference, db)?.credentials }
        return RemoteAccess(credentials: given ?? Credentials())
    }

    static func datastore(_ name: String, _ db: Database) throws -> Datastore {
        if let datastore = try Datastore.fetchOne(db, key: name) { return datastore }
        let names = try String.fetchAll(db, sql: "SELECT name FROM datastore ORDER BY name")
        throw StudioError(
            .notFound,
            "There is no datastore named '\(name)'; there is \(names.joined(separator: ", "))."
        )
    }

    static func user(of datastore: Datastore, _ db: Database) throws -> String? {
        if datastore.name == Datastore.defaultName { return "every workspace" }
        let asset = try DataAsset.order(Column("sequence").desc).fetchAll(db).first {
            if case .datastore(let path) = $0.path { path.datastore == datastore.name } else { false }
        }
        if let asset { return "data asset '\(asset.name):\(asset.version)'" }
        let job = try JobRecord.filter(!["Completed", "Failed", "Canceled"].contains(Column("state"))).fetchAll(db)
            .first { record in
                let specification = record.specification
                return specification.input.remote?.datastore == datastore.name
                    || specification.output.location.datastore == datastore.name
            }
        return job.map { "job '\($0.name)', which has not ended" }
    }
}

/// The access to a remote input.
package struct RemoteAccess: Sendable {
    /// Keys and tokens.
    package var credentials: Credentials
}
