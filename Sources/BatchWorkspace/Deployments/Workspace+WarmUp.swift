package import BatchDomain
import Foundation
import GRDB
import SystemKit

/// Deployments that are loaded before a job needs them, and the proofs by which they load faster.
extension Workspace {
    /// Requests that the executor loads a deployment; the last request counts.
    package func requestWarmUp(_ request: WarmUpRequest) throws {
        try database.checkWritable()
        try SecretStore(folder).write(request)
    }

    /// Takes the request to load a deployment, if there is one.
    package func takeWarmUpRequest() -> WarmUpRequest? { SecretStore(folder).takeWarmUpRequest() }

    /// The specification of a deployment's jobs, without input and output.
    ///
    /// - Throws: ``StudioError`` when endpoint or deployment are missing.
    package func warmUpSpecification(_ request: WarmUpRequest) async throws -> JobSpecification {
        let nowhere = DataReference.local("/")
        let invocation = Invocation(
            endpointName: request.endpointName,
            deploymentName: request.deploymentName,
            input: nowhere
        )
        return try await database.read { db in
            try Self.specification(
                of: Self.deployment(for: invocation, db),
                input: JobInput(reference: nowhere, kind: .folder, path: "/"),
                output: { _ in
                    let location = DatastorePath(datastore: Datastore.defaultName, path: "warm-up")
                    return JobOutput(location: location, folder: "/", fileName: nil)
                },
                db
            )
        }
    }

    /// The comparison of the ways to load a deployment's model; nil where there was none yet.
    package func loaderProof(of deployment: String, endpoint: String) async throws -> LoaderProof? {
        try await database.read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT subject, isSame, rows, reason FROM loaderProof WHERE endpointName = ? AND deploymentName = ?
                    """,
                arguments: [endpoint, deployment]
            ).map { row in
                LoaderProof(subject: row[0], isSame: row[1], rows: row[2], reason: row[3])
            }
        }
    }

    /// Records the comparison of the ways to load a deployment's model; nothing where the deployment is gone.
    package func record(_ proof: LoaderProof, of deployment: String, endpoint: String) async throws {
        try await database.write { db in
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO loaderProof (endpointName, deploymentName, subject, isSame, rows, reason)
                    SELECT endpointName, name, ?, ?, ?, ? FROM deployment WHERE endpointName = ? AND name = ?
                    """,
                arguments: [proof.subject, proof.isSame, proof.rows, proof.reason, endpoint, deployment]
            )
        }
    }
}
