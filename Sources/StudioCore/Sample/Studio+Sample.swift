import BatchDomain
import BatchManifest
import BatchWorkspace

extension Studio {
    /// Trains a small model, and creates an endpoint for it with data to score; what exists stays.
    ///
    /// - Parameter report: Receives the steps that take time.
    /// - Returns: What was created, and what existed.
    /// - Throws: ``StudioError`` when Python, its packages or the disk fail.
    package func createSample(report: @escaping Report) async throws -> SampleReport {
        let sample = Sample(in: folder)
        var result = SampleReport(endpoint: sample.endpoint, data: sample.data)
        func add(_ kind: String, _ name: String, exists: Bool, _ create: () async throws -> Void) async throws {
            result.parts.append(SampleReport.Part(kind: kind, name: name, isNew: !exists))
            if !exists { try await create() }
        }
        let hasModel = try await !workspace.models(named: sample.model).isEmpty
        let hasData = try await !workspace.dataAssets(named: sample.data).isEmpty
        if !hasModel || !hasData {
            try await SampleTraining(sample, variables: caller.environment, report: report).run()
        }
        try await add("model", sample.model, exists: hasModel) { try await registerModel(of: sample) }
        try await add("data", sample.data, exists: hasData) { try await registerData(of: sample) }
        let hasEndpoint = try await workspace.endpoints().contains { $0.name == sample.endpoint }
        try await add("batch-endpoint", sample.endpoint, exists: hasEndpoint) {
            let draft = EndpointDraft(name: sample.endpoint, description: "Who grew this wine?")
            _ = try await workspace.createEndpoint(draft)
        }
        let hasDeployment = try await workspace.deployments(of: sample.endpoint).contains {
            $0.name == sample.deployment
        }
        try await add("batch-deployment", sample.deployment, exists: hasDeployment) { try await deploy(sample) }
        return result
    }

    private func registerModel(of sample: Sample) async throws {
        let document = try YAMLDocument().setting(path: "name", text: sample.model)
            .setting(path: "type", text: "mlflow_model").setting(path: "path", text: sample.modelFolder)
        var registration = try ModelManifest.read(document)
        registration.description = "Tells from thirteen measurements which of three growers a wine comes from."
        _ = try await workspace.register(registration)
    }

    private func registerData(of sample: Sample) async throws {
        let registration = DataRegistration(
            name: sample.data,
            description: "Measurements of wines that the model has not seen, in ten CSV files.",
            path: .local(sample.dataFolder)
        )
        _ = try await workspace.register(registration)
    }

    private func deploy(_ sample: Sample) async throws {
        // Ten files: small mini-batches and two workers, so that there is something to watch.
        var settings = SettingsOverrides()
        settings.miniBatchSize = 2
        settings.maxConcurrencyPerInstance = 2
        let draft = DeploymentDraft(
            endpointName: sample.endpoint,
            name: sample.deployment,
            description: "Scores without code: the model is an MLflow model.",
            model: .registered(AssetReference(name: sample.model)),
            settings: settings
        )
        _ = try await workspace.deploy(draft, setDefault: true)
    }
}
