package import BatchDomain
import GRDB

extension Workspace {
    /// Makes a compute target, or changes the one of that name as `az ml compute create` does.
    ///
    /// - Throws: ``ValidationError`` for its values; ``StudioError`` for the target that every workspace has.
    package func save(_ target: ComputeTarget) async throws -> ComputeTarget {
        try ValidationError.throwIfAny(target.problems())
        if target.name == ComputeTarget.defaultName {
            throw StudioError(
                .invalidState,
                "The compute target '\(target.name)' is this machine itself and does not change.",
                advice: "Choose another name."
            )
        }
        return try await database.write { db in
            var saved = target
            if let old = try ComputeTarget.fetchOne(db, key: target.name) { saved.createdAt = old.createdAt }
            try saved.upsert(db)
            return saved
        }
    }

    /// The compute target of that name.
    package func computeTarget(_ name: String) async throws -> ComputeTarget {
        try await database.read { db in try Self.computeTarget(name, db) }
    }

    /// The compute targets, by name.
    package func computeTargets() async throws -> [ComputeTarget] {
        try await database.read { db in try ComputeTarget.order(Column("name")).fetchAll(db) }
    }

    /// Removes a compute target that no deployment uses.
    package func deleteComputeTarget(_ name: String) async throws {
        try await database.write { db in
            let target = try Self.computeTarget(name, db)
            let users = try Deployment.filter(Column("compute") == name).fetchAll(db)
            if target.kind == .local || !users.isEmpty {
                let user = users.first.map { "deployment '\($0.name)' of endpoint '\($0.endpointName)'" }
                throw StudioError(.inUse, "The compute target '\(name)' is used by \(user ?? "every workspace").")
            }
            if let job = try JobRecord.unfinished.fetchAll(db).first(where: { $0.specification.compute == name }) {
                throw StudioError(
                    .inUse,
                    "The compute target '\(name)' is used by job '\(job.name)', which has not ended."
                )
            }
            try target.delete(db)
        }
    }

    static func computeTarget(_ name: String, _ db: Database) throws -> ComputeTarget {
        if let target = try ComputeTarget.fetchOne(db, key: name) { return target }
        let names = try String.fetchAll(db, sql: "SELECT name FROM computeTarget ORDER BY name")
        throw StudioError(
            .notFound,
            "There is no compute target named '\(name)'; there is \(names.joined(separator: ", ")).",
            advice: "Make it with: batchstudio compute create -n \(name) --type amlcompute",
            inStudio: "Choose another one, or create it."
        )
    }
}
