package import BatchDomain
import GRDB

extension Workspace {
    /// The deployments that use a version of a model, by endpoint and name.
    package func deployments(usingModel model: AssetVersion) async throws -> [Deployment] {
        try await deployments(where: Self.names(model, in: "model"))
    }

    /// The deployments that use a version of an environment, by endpoint and name.
    package func deployments(usingEnvironment environment: AssetVersion) async throws -> [Deployment] {
        try await deployments(where: Self.names(environment, in: "environment"))
    }

    /// The deployments that use a compute target, by endpoint and name.
    package func deployments(usingCompute name: String) async throws -> [Deployment] {
        try await deployments(where: "compute = \(name)")
    }

    static func names(_ asset: AssetVersion, in column: String) -> SQL {
        """
        json_extract(\(sql: column), '$.name') = \(asset.name) \
        AND json_extract(\(sql: column), '$.version') = \(asset.version)
        """
    }

    private func deployments(where condition: SQL) async throws -> [Deployment] {
        try await database.read { db in try Self.deployments(where: condition, db) }
    }

    static func deployments(where condition: SQL, _ db: Database) throws -> [Deployment] {
        try Deployment.filter(literal: condition).order(Column("endpointName"), Column("name")).fetchAll(db)
    }
}
