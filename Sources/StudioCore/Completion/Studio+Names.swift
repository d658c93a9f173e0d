import BatchDomain
import BatchWorkspace

extension Studio {
    /// The names of all things of one kind, archived ones included; of jobs, the newest.
    ///
    /// - Parameters:
    ///   - kind: The kind.
    ///   - endpoint: The endpoint of deployments.
    /// - Returns: The names.
    /// - Throws: ``StudioError`` when the workspace can't be read.
    package func names(of kind: NamedThing, endpoint: String? = nil) async throws -> [String] {
        switch kind {
        case .model: try await workspace.models(named: nil, .all).map(\.name)
        case .data: try await workspace.dataAssets(named: nil, .all).map(\.name)
        case .environment: try await workspace.environments(named: nil, .all).map(\.name)
        case .compute: try await workspace.computeTargets().map(\.name)
        case .datastore: try await workspace.datastores().map(\.name)
        case .endpoint: try await workspace.endpoints().map(\.name)
        case .deployment: try await workspace.deployments(of: endpoint ?? "").map(\.name)
        case .job: try await workspace.jobs(JobFilter(limit: 50)).map(\.name)
        case .schedule: try await workspace.schedules().map(\.name)
        }
    }
}
