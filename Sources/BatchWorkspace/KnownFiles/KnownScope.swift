import BatchDomain
import GRDB

/// The jobs that share their known files: those of an endpoint with a version of a model.
struct KnownScope: Codable, FetchableRecord, PersistableRecord {
    var id: Int64?
    let endpoint: String
    let modelName: String
    let modelVersion: String

    init(endpoint: String, model: AssetVersion) {
        self.endpoint = endpoint
        modelName = model.name
        modelVersion = model.version
    }

    /// Its number; nil while nothing is known in it.
    func number(_ db: Database) throws -> Int64? {
        try Int64.fetchOne(
            db,
            sql: "SELECT id FROM knownScope WHERE endpoint = ? AND modelName = ? AND modelVersion = ?",
            arguments: [endpoint, modelName, modelVersion]
        )
    }

    /// The Completed jobs of the endpoint with the version, the oldest first; not those with an earlier model or endpoint of the name.
    func completedJobs(_ db: Database) throws -> [Job] {
        guard let endpoint = try Endpoint.fetchOne(db, key: endpoint),
            let model = try Model.filter(Column("name") == modelName && Column("version") == modelVersion).fetchOne(db)
        else { return [] }
        let since = max(endpoint.createdAt, model.createdAt)
        return try JobRecord.filter(Column("endpointName") == endpoint.name && Column("state") == "Completed")
            .filter(Column("createdAt") >= since).order(Column("sequence")).fetchAll(db).map(\.job)
            .filter { $0.specification.model.name == modelName && $0.specification.model.version == modelVersion }
    }
}

extension JobSpecification {
    /// The jobs that share their known files with this one.
    var knownScope: KnownScope { KnownScope(endpoint: endpointName, model: model) }
}
