import BatchDomain
import BatchManifest
import BatchWorkers
import BatchWorkspace
import FoundationEssentials

extension Workspace {
    /// Makes the change that a page asks for.
    func perform(_ useCase: UseCase) async throws -> Outcome {
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
        case .registerModel(let draft): return .model(try await register(draft.registration()))
        case .registerData(let registration): return .data(try await register(registration))
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
        case .invoke(let invocation): return .job(try await invoke(invocation.located()))
        case .cancelJob(let name): return .job(try await requestCancel(of: name))
        case .resumeJob(let name): return .job(try await setState(of: name, to: .queued))
        case .deleteJob(let name):
            try await deleteJob(name)
            return .deleted
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

extension ModelDraft {
    /// The registration, with what the model's `MLmodel` file says.
    func registration() throws -> ModelRegistration {
        let place = path.absolutePath(in: FileManager.default.currentDirectoryPath)
        return ModelRegistration(
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
                ignored: read.ignored
            )
        } else {
            registration.condaFile = text
            registration.source = try CondaFile.read(text: text, file: place).source(named: name)
        }
        return registration
    }
}
