package import BatchDomain
import BatchManifest
import BatchWorkers
import BatchWorkspace

extension Studio {
    /// Treatment of a deployment's scoring script before it is deployed.
    package enum ScriptValidation: Sendable {
        /// Its syntax must be right, and it must have `init()` and `run()`.
        case check
        /// It is deployed as it is.
        case skip
    }

    /// The deployment of that name.
    package func deployment(_ name: String, of endpoint: String) async throws -> Deployment {
        try await workspace.deployment(name, of: endpoint)
    }

    /// The deployments of an endpoint, by name.
    package func deployments(of endpoint: String) async throws -> [Deployment] {
        try await workspace.deployments(of: endpoint)
    }

    /// The deployments that use a version of a model.
    package func deployments(usingModel model: AssetVersion) async throws -> [Deployment] {
        try await workspace.deployments(usingModel: model)
    }

    /// The deployments that use a version of an environment.
    package func deployments(usingEnvironment environment: AssetVersion) async throws -> [Deployment] {
        try await workspace.deployments(usingEnvironment: environment)
    }

    /// The deployments that use a compute target.
    package func deployments(usingCompute name: String) async throws -> [Deployment] {
        try await workspace.deployments(usingCompute: name)
    }

    /// Creates a deployment, or replaces the one of that name; running jobs keep what they started with.
    ///
    /// The first deployment of an endpoint becomes its default.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong with the values; ``StudioError`` for what is missing and for
    ///   what the script lacks.
    package func deploy(
        _ draft: DeploymentDraft,
        setDefault: Bool = false,
        script: ScriptValidation = .check
    ) async throws -> Deployment {
        let draft = try located(draft)
        try await validateScript(of: draft, script)
        let deployment = try await workspace.deploy(draft, setDefault: setDefault)
        warmUp(deployment.name, of: deployment.endpointName)
        return deployment
    }

    /// Creates an endpoint with its first deployment, which becomes its default: both or none of them.
    package func createEndpointAndDeploy(
        _ endpoint: EndpointDraft,
        _ deployment: DeploymentDraft,
        script: ScriptValidation = .check
    ) async throws -> Deployment {
        let deployment = try located(deployment)
        try await validateScript(of: deployment, script)
        let made = try await update { try await workspace.deploy(deployment, setDefault: true, creating: endpoint) }
        warmUp(made.name, of: made.endpointName)
        return made
    }

    /// Checks everything that creating a deployment checks, and creates nothing.
    ///
    /// - Parameters:
    ///   - draft: The deployment.
    ///   - endpoint: The endpoint that would be created with it.
    /// - Throws: as ``deploy(_:setDefault:script:)``.
    package func check(_ draft: DeploymentDraft, creating endpoint: EndpointDraft? = nil) async throws {
        let draft = try located(draft)
        try await validateScript(of: draft, .check)
        try await workspace.check(draft, creating: endpoint)
    }

    /// Changes a deployment, starting from what it is.
    ///
    /// - Parameters:
    ///   - name: The deployment's name.
    ///   - endpoint: The endpoint's name.
    ///   - script: Treatment of the scoring script.
    ///   - change: Returns the draft for the deployment as it is.
    /// - Returns: The changed deployment.
    /// - Throws: ``StudioError`` when there is no such deployment.
    package func updateDeployment(
        _ name: String,
        of endpoint: String,
        script: ScriptValidation = .check,
        _ change: (Deployment) throws -> DeploymentDraft
    ) async throws -> Deployment {
        let changed = try await update {
            let draft = try located(change(try await workspace.deployment(name, of: endpoint)))
            _ = try await workspace.deployment(draft.name, of: draft.endpointName)
            try await validateScript(of: draft, script)
            return try await workspace.deploy(draft)
        }
        warmUp(changed.name, of: changed.endpointName)
        return changed
    }

    /// Replaces an existing deployment by a draft.
    ///
    /// - Throws: ``StudioError`` when there is no such deployment.
    package func updateDeployment(
        _ draft: DeploymentDraft,
        script: ScriptValidation = .check
    ) async throws -> Deployment {
        try await updateDeployment(draft.name, of: draft.endpointName, script: script) { _ in draft }
    }

    /// Deletes a deployment.
    ///
    /// - Throws: ``StudioError`` with code `inUse` while jobs of it run.
    package func deleteDeployment(_ name: String, of endpoint: String) async throws {
        try await workspace.deleteDeployment(name, of: endpoint)
    }

    /// The scoring script that is generated for MLflow models.
    package static var generatedScript: String { RuntimeFiles.generatedScript }

    /// The draft with the absolute folder of its scoring code.
    ///
    /// - Throws: ``ValidationError`` for a folder or a script that is missing, and with all other problems of the draft.
    private func located(_ draft: DeploymentDraft) throws -> DeploymentDraft {
        guard let code = draft.code else { return draft }
        let problems = code.problems(in: caller.currentDirectory)
        if !problems.isEmpty { throw ValidationError(problems + draft.problems()) }
        var located = draft
        located.code?.folder = caller.absolute(code.folder)
        return located
    }

    private func validateScript(of draft: DeploymentDraft, _ validation: ScriptValidation) async throws {
        guard validation == .check else { return }
        do {
            try await ScriptCheck.check(draft.code)
        } catch let error as StudioError where error.code == .scoring {
            throw ScriptRefusal(error: error)
        }
    }
}
