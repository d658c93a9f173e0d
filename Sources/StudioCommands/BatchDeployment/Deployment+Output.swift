import BatchDomain
import BatchManifest

extension Output {
    /// A deployment: in JSON with its settings at the top, as az shows it; in YAML in the form that files have today.
    ///
    /// - Parameters:
    ///   - deployment: The deployment.
    ///   - loader: The way in which its jobs load the model, in words; nil where that is not known.
    init(_ deployment: Deployment, loader: String? = nil) {
        let own = loader.map { [ManifestValue.Entry("batchstudio", ["loader": .string($0)])] } ?? []
        self.init(
            .mapping((Self.value(of: deployment).entries ?? []) + own),
            columns: Self.deploymentColumns
        )
        document = ManifestValue(deployment)
    }

    /// Deployments.
    init(_ deployments: [Deployment]) {
        self.init(list: deployments.map(Self.value), columns: Self.deploymentColumns)
        document = .list(deployments.map { ManifestValue($0) })
    }

    /// Unlike a file, az shows what is empty too.
    private static func value(of deployment: Deployment) -> ManifestValue {
        let value = ManifestValue(deployment).flat
        let empty: KeyValuePairs<String, ManifestValue> = [
            "description": "", "tags": [:], "properties": [:], "environment_variables": [:],
        ]
        let missing = empty.filter { value[$0.key] == nil }.map { ManifestValue.Entry($0.key, $0.value) }
        return .mapping((value.entries ?? []) + missing)
    }

    private static let deploymentColumns = [
        TableColumn("Name", "name"), TableColumn("Endpoint", "endpoint_name"), TableColumn("Model", "model"),
        TableColumn("Compute", "compute"), TableColumn("Instances", "resources.instance_count"),
        TableColumn("State", "provisioning_state"),
    ]
}

extension ManifestValue {
    /// A deployment's YAML with its settings at the top.
    init(flat draft: DeploymentDraft) { self = ManifestValue(draft).flat }

    /// The value with what is under `settings` at the top: so does `az` show deployments, whatever their file looked like,
    /// and so do scripts ask for `mini_batch_size`.
    fileprivate var flat: ManifestValue {
        .mapping(
            (entries ?? []).flatMap { entry -> [Entry] in
                switch entry.key {
                case "settings": entry.value.entries ?? []
                case "type": []
                default: [entry]
                }
            }
        )
    }
}
