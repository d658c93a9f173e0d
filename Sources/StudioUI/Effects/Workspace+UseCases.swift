import BatchDomain
import BatchManifest
import BatchWorkers
import BatchWorkspace
import FoundationEssentials

extension Workspace {
    /// Makes the change that a page asks for, and reports the steps that take time.
    func perform(
        _ useCase: UseCase,
        with services: StudioServices,
        report: @escaping @Sendable (String) -> Void
    ) async throws -> Outcome {
        // Held for the short ones alone: a command that has read an endpoint must not write it back over what is set here.
        let turn: UpdateTurn? =
            switch useCase {
            case .createEndpoint, .updateEndpoint, .setDefaultDeployment: try updateTurn()
            default: nil
            }
        defer { turn?.end() }
        switch useCase {
        case .createEndpoint(let draft): return .endpoint(try await createEndpoint(draft))
        case .updateEndpoint(let draft): return .endpoint(try await updateEndpoint(draft))
        case .setDefaultDeployment(let name, let endpoint):
            return .endpoint(try await setDefaultDeployment(name, of: endpoint))
        case .deleteEndpoint(let name):
            try await deleteEndpoint(name)
            return .deleted
        case .deploy(let draft, let setDefault):
            let located = draft.located()
            try await ScriptCheck.check(located.code)
            return .deployment(try await deploy(located, setDefault: setDefault))
        case .createEndpointAndDeploy(let endpoint, let deployment):
            let located = deployment.located()
            try await ScriptCheck.check(located.code)
            return .deployment(try await create(endpoint, with: located))
        case .deleteDeployment(let name, let endpoint):
            try await deleteDeployment(name, of: endpoint)
            return .deleted
        case .registerModel(let draft): return .model(try await register(draft, with: services, report: report))
        case .registerData(var registration):
            registration.table = try await MLTableManifest.read(for: registration) { try await localPath(of: $0) }
            return .data(try await register(registration))
        case .registerEnvironment(let draft): return .environment(try await register(draft.registration()))
        case .saveCompute(var target):
            target.createdAt = now()
            return .compute(try await save(target))
        case .deleteCompute(let name):
            try await deleteComputeTarget(name)
            return .deleted
        case .deleteModel(let id):
            try await deleteModel(AssetReference(id))
            return .deleted
        case .deleteData(let id):
            try await deleteDataAsset(AssetReference(id))
            return .deleted
        case .deleteEnvironment(let id):
            try await deleteEnvironment(AssetReference(id))
            return .deleted
        case .invoke(let invocation):
            var located = invocation.located()
            located.variables = services.jobVariables
            located.table = try await MLTableManifest.read(for: located, typedBy: "type") {
                try await localPath(of: $0)
            }
            return .job(try await invoke(located))
        case .cancelJob(let name): return .job(try await requestCancel(of: name))
        case .resumeJob(let name): return .job(try await resume(name, variables: services.jobVariables))
        case .retryFailed(var draft):
            draft.variables = services.jobVariables
            return .job(try await retryFailed(draft))
        case .deleteJob(let name):
            try await deleteJob(name)
            return .deleted
        case .archiveAsset(let kind, let name, let isArchived):
            try await setArchived(isArchived, kind, name, version: nil)
            return .archived
        case .archiveJob(let name, let isArchived):
            try await setArchived(isArchived, job: name)
            return .archived
        }
    }
}

extension Workspace {
    /// Makes an endpoint with its first deployment; an endpoint that was made for nothing goes again.
    private func create(_ endpoint: EndpointDraft, with deployment: DeploymentDraft) async throws -> Deployment {
        let isNew = try await !endpoints().contains { $0.name == endpoint.name }
        _ = try await createEndpoint(endpoint)
        do {
            return try await deploy(deployment, setDefault: true)
        } catch {
            if isNew { try? await deleteEndpoint(endpoint.name) }
            throw error
        }
    }
}

extension Workspace {
    /// Registers a model from its folder, or from MLflow's tracking, which is asked for a copy first.
    private func register(
        _ draft: ModelDraft,
        with services: StudioServices,
        report: @escaping @Sendable (String) -> Void
    ) async throws -> Model {
        guard TrackedModel.isURI(draft.path) else {
            let place = draft.path.absolutePath(in: FileManager.default.currentDirectoryPath)
            return try await register(draft.registration(from: place))
        }
        try checkWritable()
        let copy = folder.models + "/.partial-tracking-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: copy) }
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        return try await register(draft.registration(from: services.fetchModel(draft.path, copy, report)))
    }
}

extension ModelDraft {
    /// The registration, with what the model's `MLmodel` file says.
    func registration(from place: String) throws -> ModelRegistration {
        ModelRegistration(
            name: name,
            version: version,
            kind: kind,
            description: description,
            tags: tags,
            path: place,
            source: path,
            mlflow: kind == .mlflow ? try MLmodel.read(folder: place) : nil
        )
    }
}

extension EnvironmentDraft {
    /// The registration, with what its file asks for.
    func registration() throws -> EnvironmentRegistration {
        let place = file.absolutePath(in: FileManager.default.currentDirectoryPath)
        guard let data = FileManager.default.contents(atPath: place) else {
            throw ValidationError(
                Problem(field: "file", value: file, rule: "must be a file that can be read", example: "./conda.yaml")
            )
        }
        let text = String(decoding: data, as: UTF8.self)
        let name = place.split(separator: "/").last.map { String($0) } ?? place
        var registration = EnvironmentRegistration(
            name: self.name,
            version: version,
            description: description,
            tags: tags
        )
        if name.hasSuffix(".txt") {
            let read = PipRequirements.read(text: text, file: name)
            registration.source = EnvironmentSource(
                file: name,
                pythonVersion: nil,
                requirements: read.requirements,
                constraints: read.constraints,
                leftOut: read.leftOut
            )
        } else {
            registration.condaFile = text
            registration.source = try CondaFile.read(text: text, file: place).source(named: name)
        }
        return registration
    }
}
