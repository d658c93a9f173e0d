package import BatchDomain
package import FoundationEssentials

extension ManifestValue {
    /// An endpoint as `az ml batch-endpoint show` prints it.
    package init(_ endpoint: Endpoint, scoringURI: String? = nil) {
        let own: [Entry] = endpoint.baseline.map { [Entry("batchstudio", ["baseline": .string($0)])] } ?? []
        let entries: [Entry] = [
            Entry("id", .string("batchEndpoints/\(endpoint.name)")),
            Entry("name", .string(endpoint.name)),
            Entry("description", .string(endpoint.description)),
            Entry("tags", ManifestValue(endpoint.tags)),
            Entry("properties", ManifestValue(endpoint.properties)),
            Entry("auth_mode", "aad_token"),
            Entry("defaults", ManifestValue(defaultDeployment: endpoint.defaultDeployment)),
            Entry("provisioning_state", .string(endpoint.provisioningState.rawValue)),
            Entry("scoring_uri", ManifestValue(scoringURI)),
            Entry("creation_context", ManifestValue(createdAt: endpoint.createdAt, updatedAt: endpoint.updatedAt)),
        ]
        self = .mapping(entries + own)
    }

    /// An endpoint's YAML, as `az ml batch-endpoint create -f` reads it.
    package init(_ draft: EndpointDraft) {
        self =
            ManifestValue.mapping([
                Entry("$schema", "https://azuremlschemas.azureedge.net/latest/batchEndpoint.schema.json"),
                Entry("name", .string(draft.name)),
                Entry("description", ManifestValue(draft.description)),
                Entry("tags", ManifestValue(draft.tags ?? [:])),
                Entry("properties", ManifestValue(draft.properties ?? [:])),
                Entry("auth_mode", "aad_token"),
                Entry("defaults", ManifestValue(defaultDeployment: draft.defaultDeployment)),
                Entry("baseline", ManifestValue(draft.baseline)),
            ]).withoutEmpty
    }

    /// A time as Azure prints it: UTC, ISO 8601.
    package init(_ date: Date?) {
        self = date.map { .string($0.formatted(.iso8601)) } ?? .null
    }

    init(createdAt: Date, updatedAt: Date? = nil) {
        let times: ManifestValue = [
            "created_at": ManifestValue(createdAt), "last_modified_at": ManifestValue(updatedAt),
        ]
        self = times.withoutEmpty
    }

    private init(defaultDeployment: String?) {
        self = defaultDeployment.map { ["deployment_name": .string($0)] } ?? [:]
    }
}
