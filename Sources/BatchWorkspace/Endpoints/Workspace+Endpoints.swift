package import BatchDomain
import Foundation
import GRDB

extension Workspace {
    /// Creates an endpoint; one of that name that exists is changed instead, as `az ml` does.
    ///
    /// - Throws: ``ValidationError`` for its values; ``StudioError`` when the default deployment does not exist.
    package func createEndpoint(_ draft: EndpointDraft) async throws -> Endpoint {
        try ValidationError.throwIfAny(draft.problems())
        let now = now()
        return try await database.write { [folder] db in
            try Self.checkBaseline(of: draft, in: folder, db)
            return try Self.create(draft, db, at: now)
        }
    }

    static func create(_ draft: EndpointDraft, _ db: Database, at now: Date) throws -> Endpoint {
        let old = try Endpoint.fetchOne(db, key: draft.name)
        let endpoint = old ?? Endpoint(name: draft.name, createdAt: now, updatedAt: now)
        return try save(endpoint.changed(by: draft, at: now), db)
    }

    /// Changes an endpoint: what the draft does not give stays as it is.
    ///
    /// - Throws: ``StudioError`` when the endpoint, the default deployment or the baseline does not exist, and when the job can't be
    ///   the baseline.
    package func updateEndpoint(_ draft: EndpointDraft) async throws -> Endpoint {
        let now = now()
        return try await database.write { [folder] db in
            try Self.checkBaseline(of: draft, in: folder, db)
            return try Self.save(Self.endpoint(draft.name, db).changed(by: draft, at: now), db)
        }
    }

    /// Makes a deployment the one that jobs run on unless they name another.
    package func setDefaultDeployment(_ deployment: String, of endpoint: String) async throws -> Endpoint {
        try await updateEndpoint(EndpointDraft(name: endpoint, defaultDeployment: deployment))
    }

    /// The endpoint of that name.
    package func endpoint(_ name: String) async throws -> Endpoint {
        try await database.read { db in try Self.endpoint(name, db) }
    }

    /// The endpoints, by name.
    package func endpoints() async throws -> [Endpoint] {
        try await database.read { db in try Endpoint.order(Column("name")).fetchAll(db) }
    }

    /// Deletes an endpoint and its deployments, and disables its schedules; its jobs and their output stay.
    ///
    /// - Throws: ``StudioError`` with code `inUse` while jobs of it run.
    package func deleteEndpoint(_ name: String) async throws {
        try await database.write { db in
            let endpoint = try Self.endpoint(name, db)
            try Self.checkNoUnfinishedJob(of: name, deployment: nil, db)
            let code = try Self.code(ofDeployments: nil, of: name, db)
            try endpoint.delete(db)
            try Self.noteUnusedCode(code, db)
            try db.execute(
                sql: """
                    UPDATE schedule SET isEnabled = 0, nextAt = NULL, disabledReason = ?
                    WHERE isEnabled AND job ->> '$.endpointName' = ?
                    """,
                arguments: ["Endpoint '\(name)' was deleted.", name]
            )
        }
        await sweep()
    }

    static func endpoint(_ name: String, _ db: Database) throws -> Endpoint {
        if let endpoint = try Endpoint.fetchOne(db, key: name) { return endpoint }
        throw StudioError(
            .notFound,
            "There is no endpoint named '\(name)'.",
            advice: "List the endpoints with: batchstudio batch-endpoint list, or create it with: "
                + "batchstudio batch-endpoint create -n \(name)",
            inStudio: "Choose another one, or create it."
        )
    }

    static func checkNoUnfinishedJob(of endpoint: String, deployment: String?, _ db: Database) throws {
        var unfinished = JobRecord.unfinished.filter(Column("endpointName") == endpoint)
        if let deployment { unfinished = unfinished.filter(Column("deploymentName") == deployment) }
        if let job = try unfinished.fetchOne(db) {
            throw StudioError(
                .inUse,
                "Job \(job.name) of endpoint '\(endpoint)' is \(job.state.rawValue).",
                advice: "Wait for it, or cancel it with: batchstudio job cancel -n \(job.name)",
                inStudio: "Wait for it, or cancel the job."
            )
        }
    }

    private static func save(_ endpoint: Endpoint, _ db: Database) throws -> Endpoint {
        // Saved first: an endpoint that is new must be there for its deployments to be looked for.
        try endpoint.upsert(db)
        if let name = endpoint.defaultDeployment { _ = try deployment(name, of: endpoint.name, db) }
        return endpoint
    }
}

extension Endpoint {
    fileprivate func changed(by draft: EndpointDraft, at date: Date) -> Endpoint {
        var result = self
        result.description = draft.description ?? description
        result.tags = draft.tags ?? tags
        result.properties = draft.properties ?? properties
        result.defaultDeployment = draft.defaultDeployment ?? defaultDeployment
        if let job = draft.baseline { result.baseline = job.isEmpty ? nil : job }
        result.updatedAt = date
        return result
    }
}
