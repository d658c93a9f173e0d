import BatchDomain
import BatchManifest

extension Output {
    /// An endpoint.
    init(_ endpoint: Endpoint) { self.init(Self.value(of: endpoint), columns: Self.endpointColumns) }

    /// Endpoints.
    init(_ endpoints: [Endpoint]) { self.init(list: endpoints.map(Self.value), columns: Self.endpointColumns) }

    private static let endpointColumns = [
        TableColumn("Name", "name"), TableColumn("DefaultDeployment", "defaults.deployment_name"),
        TableColumn("State", "provisioning_state"), TableColumn("Created", "creation_context.created_at"),
        TableColumn("Description", "description"),
    ]

    /// Azure prints addresses here; these name the same things for `batchstudio`.
    private static func value(of endpoint: Endpoint) -> ManifestValue {
        let address = "batchstudio://batchEndpoints/\(endpoint.name)"
        let value = ManifestValue(endpoint, scoringURI: address + "/jobs")
        return .mapping(
            (value.entries ?? []).flatMap { entry -> [ManifestValue.Entry] in
                entry.key == "scoring_uri"
                    ? [entry, .init("openapi_uri", .string(address + "/swagger.json")), .init("location", "local")]
                    : [entry]
            }
        )
    }
}
