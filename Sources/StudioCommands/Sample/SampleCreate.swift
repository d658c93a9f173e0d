import ArgumentParser
import BatchDomain
import BatchManifest
import BatchWorkspace
import Logging

/// Carries out `batchstudio sample create`.
struct SampleCreate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Train a small model, and make an endpoint for it with data to score; what exists stays."
    )

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let workspace = try await session.openWorkspace()
        let sample = Sample(in: session.folder)
        var report = SampleReport()
        let models = try await workspace.models(named: sample.model)
        let assets = try await workspace.dataAssets(named: sample.data)
        if models.isEmpty || assets.isEmpty {
            try await SampleTraining(sample, variables: session.surroundings.environment) { line in
                // A line for each package is for those who ask for more.
                line.hasPrefix("  uv:  + ") ? session.logger.info("\(line)") : session.tell(line)
            }.run()
        }
        report.add("model", sample.model, isNew: models.isEmpty)
        if models.isEmpty { try await registerModel(of: sample, in: workspace) }
        report.add("data", sample.data, isNew: assets.isEmpty)
        if assets.isEmpty { try await registerData(of: sample, in: workspace) }

        let hasEndpoint = try await workspace.endpoints().contains { $0.name == sample.endpoint }
        report.add("batch-endpoint", sample.endpoint, isNew: !hasEndpoint)
        if !hasEndpoint {
            let draft = EndpointDraft(name: sample.endpoint, description: "Who grew this wine?")
            _ = try await workspace.createEndpoint(draft)
        }
        let hasDeployment = try await workspace.deployments(of: sample.endpoint).contains {
            $0.name == sample.deployment
        }
        report.add("batch-deployment", sample.deployment, isNew: !hasDeployment)
        if !hasDeployment { try await deploy(sample, in: workspace) }

        try session.answer(report.output, default: .table)
        session.note(
            "Score the data with: batchstudio batch-endpoint invoke -n \(sample.endpoint) --input azureml:\(sample.data)@latest"
        )
    }

    private func registerModel(of sample: Sample, in workspace: Workspace) async throws {
        let document = try YAMLDocument().setting(path: "name", text: sample.model)
            .setting(path: "type", text: "mlflow_model").setting(path: "path", text: sample.modelFolder)
        var registration = try ModelManifest.read(document)
        registration.description = "Tells from thirteen measurements which of three growers a wine comes from."
        _ = try await workspace.register(registration)
    }

    private func registerData(of sample: Sample, in workspace: Workspace) async throws {
        let registration = DataRegistration(
            name: sample.data,
            description: "Measurements of wines that the model has not seen, in ten CSV files.",
            path: .local(sample.dataFolder)
        )
        _ = try await workspace.register(registration)
    }

    private func deploy(_ sample: Sample, in workspace: Workspace) async throws {
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
