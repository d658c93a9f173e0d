package import BatchDomain
import GRDB

extension Workspace {
    /// Changes a model's description, tags and properties.
    package func relabel(model reference: AssetReference, _ labels: AssetLabels) async throws -> Model {
        try await relabel(reference, labels)
    }

    /// Changes a data asset's description and tags.
    package func relabel(data reference: AssetReference, _ labels: AssetLabels) async throws -> DataAsset {
        try await relabel(reference, labels)
    }

    /// Changes an environment's description and tags.
    package func relabel(environment reference: AssetReference, _ labels: AssetLabels) async throws -> EnvironmentAsset
    {
        try await relabel(reference, labels)
    }

    /// Changes a job's display name, description and tags.
    package func relabel(
        job name: String,
        displayName: String,
        description: String,
        tags: [String: String]
    ) async throws -> Job {
        try await database.write { db in
            var record = try Self.jobRecord(name, db)
            record.displayName = displayName
            record.description = description
            record.tags = tags
            try record.update(db, columns: ["displayName", "description", "tags"])
            return record.job
        }
    }

    private func relabel<Asset: VersionedAsset & Sendable>(
        _ reference: AssetReference,
        _ labels: AssetLabels
    ) async throws -> Asset {
        try await database.write { db in
            var asset = try Asset.find(db, reference)
            asset.labels = labels
            let values = try asset.databaseDictionary
            let changes = ["description", "tags", "properties"].compactMap { name in
                values[name].map { Column(name).set(to: $0) }
            }
            try Asset.filter(Column("name") == asset.name && Column("version") == asset.version).updateAll(db, changes)
            return asset
        }
    }
}
