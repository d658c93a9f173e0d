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
        try await update { try await workspace.createEndpoint(draft) }
    }

    /// Changes an endpoint: what the draft does not give stays as it is.
    ///
    /// - Throws: ``StudioError`` when the endpoint or the default deployment does not exist.
    package func updateEndpoint(_ draft: EndpointDraft) async throws -> Endpoint {
        try await update { try await workspace.updateEndpoint(draft) }
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
            return try await workspace.updateEndpoint(try change(old).changes(from: old))
        }
    }

    /// Makes a deployment the one that jobs run on unless they name another.
    package func setDefaultDeployment(_ deployment: String, of endpoint: String) async throws -> Endpoint {
        try await update { try await workspace.setDefaultDeployment(deployment, of: endpoint) }
    }

    /// Deletes an endpoint and its deployments; its jobs and their output stay.
    ///
    /// - Throws: ``StudioError`` with code `inUse` while jobs of it run.
    package func deleteEndpoint(_ name: String) async throws { try await workspace.deleteEndpoint(name) }
}

extension EndpointDraft {
    /// The draft without the values that an endpoint has already.
    fileprivate func changes(from old: Endpoint) -> EndpointDraft {
        var draft = self
        if draft.description == old.description { draft.description = nil }
        if draft.tags == old.tags { draft.tags = nil }
        if draft.properties == old.properties { draft.properties = nil }
        if draft.defaultDeployment == old.defaultDeployment { draft.defaultDeployment = nil }
        return draft
    }
}
