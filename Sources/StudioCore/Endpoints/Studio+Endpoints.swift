package import BatchDomain
import BatchWorkspace

extension Studio {
    /// The endpoint of that name.
    package func endpoint(_ name: String) async throws -> Endpoint { try await workspace.endpoint(name) }

    /// The endpoints, by name.
    package func endpoints() async throws -> [Endpoint] { try await workspace.endpoints() }

    /// The endpoints by name, each with the number of its deployments and its last job.
    package func endpointOverviews() async throws -> [EndpointOverview] { try await workspace.endpointOverviews() }

    /// Creates an endpoint; an existing one of that name is changed instead, as `az ml` does.
    ///
    /// - Throws: ``ValidationError`` for its values; ``StudioError`` when the default deployment does not exist.
    package func createEndpoint(_ draft: EndpointDraft) async throws -> Endpoint {
        try await update { try await workspace.createEndpoint(try await named(draft)) }
    }

    /// Changes an endpoint: what the draft does not give stays as it is.
    ///
    /// - Throws: ``StudioError`` when the endpoint or the default deployment does not exist.
    package func updateEndpoint(_ draft: EndpointDraft) async throws -> Endpoint {
        try await update { try await workspace.updateEndpoint(try await named(draft)) }
    }

    /// Changes an endpoint, starting from what it is.
    ///
    /// - Parameters:
    ///   - name: The endpoint's name.
    ///   - change: Returns the draft for the endpoint as it is; values that are as they were are not written, because a deployment
    ///     may have become the default in the meantime.
    /// - Returns: The changed endpoint.
    /// - Throws: ``StudioError`` when there is no such endpoint; errors of the change.
    package func updateEndpoint(
        _ name: String,
        _ change: (Endpoint) throws -> EndpointDraft
    ) async throws -> Endpoint {
        try await update {
            let old = try await workspace.endpoint(name)
            return try await workspace.updateEndpoint(try await named(try change(old).changes(from: old)))
        }
    }

    /// A draft with the full name of the job that it means to be the baseline.
    private func named(_ draft: EndpointDraft) async throws -> EndpointDraft {
        var draft = draft
        if let job = draft.baseline, !job.isEmpty { draft.baseline = try await workspace.jobName(meantBy: job) }
        return draft
    }

    /// Makes a job the one that later jobs of its endpoint are compared with; nil takes the baseline away.
    ///
    /// - Throws: ``StudioError`` when the job has not completed, is of another endpoint, or has no profile.
    package func setBaseline(_ job: String?, of endpoint: String) async throws -> Endpoint {
        try await update { try await workspace.setBaseline(job, of: endpoint) }
    }

    /// The endpoint that a job is the baseline of; nil where it is none.
    package func endpoint(withBaseline job: String) async throws -> Endpoint? {
        try await workspace.endpoint(withBaseline: job)
    }

    /// The last ended jobs of an endpoint, with what trends are drawn from.
    package func trends(of endpoint: String) async throws -> EndpointTrends {
        try await workspace.trends(of: endpoint)
    }

    /// The newest completed jobs of two deployments of an endpoint that scored the same input; nil where there are none.
    package func comparableJobs(of endpoint: String, _ first: String, _ second: String) async throws -> JobPair? {
        try await workspace.comparableJobs(of: endpoint, first, second)
    }

    /// Makes a deployment the one that jobs run on unless they name another.
    package func setDefaultDeployment(_ deployment: String, of endpoint: String) async throws -> Endpoint {
        try await update { try await workspace.setDefaultDeployment(deployment, of: endpoint) }
    }

    /// Deletes an endpoint and its deployments, and disables its schedules; its jobs and their output stay.
    ///
    /// - Throws: ``StudioError`` with code `inUse` while jobs of it run.
    package func deleteEndpoint(_ name: String) async throws {
        try await workspace.deleteEndpoint(name)
        letExecutorLook()
    }
}

extension EndpointDraft {
    /// The draft without the values that an endpoint has already.
    fileprivate func changes(from old: Endpoint) -> EndpointDraft {
        var draft = self
        if draft.description == old.description { draft.description = nil }
        if draft.tags == old.tags { draft.tags = nil }
        if draft.properties == old.properties { draft.properties = nil }
        if draft.defaultDeployment == old.defaultDeployment { draft.defaultDeployment = nil }
        if draft.baseline == old.baseline ?? "" { draft.baseline = nil }
        return draft
    }
}
