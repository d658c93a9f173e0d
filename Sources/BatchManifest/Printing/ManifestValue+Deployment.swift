package import BatchDomain

extension ManifestValue {
    /// A deployment as `az ml batch-deployment show` prints it; `DeploymentManifest` reads it back.
    package init(_ deployment: Deployment) {
        let shown = ManifestValue(DeploymentDraft(deployment)).entries ?? []
        self = .mapping(
            [Entry("id", .string("batchEndpoints/\(deployment.endpointName)/deployments/\(deployment.name)"))]
                + shown.filter { $0.key != "$schema" } + [
                    Entry("provisioning_state", .string(deployment.provisioningState.rawValue)),
                    Entry(
                        "creation_context",
                        ManifestValue(createdAt: deployment.createdAt, updatedAt: deployment.updatedAt)
                    ),
                ]
        )
    }

    /// A deployment's YAML, as `az ml batch-deployment create -f` reads it.
    package init(_ draft: DeploymentDraft) {
        let settings = ManifestValue(settings: draft.settings)
        self =
            ManifestValue.mapping([
                Entry("$schema", "https://azuremlschemas.azureedge.net/latest/modelBatchDeployment.schema.json"),
                Entry("name", .string(draft.name)),
                Entry("endpoint_name", .string(draft.endpointName)),
                Entry("type", "model"),
                Entry("description", .string(draft.description)),
                Entry("tags", ManifestValue(draft.tags)),
                Entry("properties", ManifestValue(draft.properties)),
                Entry("model", ManifestValue(draft.model)),
                Entry("code_configuration", ManifestValue(draft.code)),
                Entry("environment", ManifestValue(draft.environment)),
                Entry("compute", .string("azureml:" + draft.compute)),
                Entry("resources", settings["resources"] ?? .null),
                Entry("settings", .mapping((settings.entries ?? []).filter { $0.key != "resources" })),
            ]).withoutEmpty
    }

    /// The settings that were given, under Azure's keys.
    package init(settings overrides: SettingsOverrides) {
        self = .mapping([])
        for setting in Setting.allCases {
            let path = setting.key.split(separator: ".").map(String.init)
            if setting.values == .dictionary, let variables = overrides.environmentVariables {
                put(ManifestValue(variables), at: path[...])
            } else if setting.values == .readOptions, let options = overrides.readOptions, !options.isEmpty {
                put(ManifestValue(options), at: path[...])
            } else if let text = setting.text(in: overrides) {
                put(
                    setting.isTruth
                        ? .bool(text == "true")
                        : Int(text).flatMap { setting.isNumber ? .int($0) : nil } ?? .string(text),
                    at: path[...]
                )
            }
        }
    }

    /// All settings, under Azure's keys.
    package init(settings: DeploymentSettings) {
        self.init(settings: SettingsOverrides(settings))
    }

    private init(_ model: DeploymentDraft.ModelChoice?) {
        switch model {
        case .registered(let reference): self = .string(reference.description)
        case .inline(let registration): self = ManifestValue(registration)
        case nil: self = .null
        }
    }

    private init(_ environment: DeploymentDraft.EnvironmentChoice?) {
        switch environment {
        case .registered(let reference): self = .string(reference.description)
        case .inline(let registration): self = ManifestValue(registration)
        case nil: self = .null
        }
    }

    private init(_ code: ScoringCode?) {
        self = code.map { ["code": .string($0.folder), "scoring_script": .string($0.script)] } ?? .null
    }
}

extension DeploymentDraft {
    /// The draft that creates a deployment again.
    package init(_ deployment: Deployment) {
        self.init(
            endpointName: deployment.endpointName,
            name: deployment.name,
            description: deployment.description,
            tags: deployment.tags,
            properties: deployment.properties,
            model: .registered(AssetReference(deployment.model)),
            compute: deployment.compute,
            settings: SettingsOverrides(deployment.settings)
        )
        if case .script(let code) = deployment.scoring { self.code = code }
        environment = deployment.environment.map { .registered(AssetReference($0)) }
    }
}

extension Setting {
    fileprivate var isTruth: Bool { values == .truth }

    fileprivate var isNumber: Bool {
        if case .wholeNumber = values { true } else { false }
    }
}
