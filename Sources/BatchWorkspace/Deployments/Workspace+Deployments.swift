package import BatchDomain
import Foundation
import GRDB

extension Workspace {
    /// Creates a deployment, or replaces the one of that name; jobs that run keep what they started with.
    ///
    /// The first deployment of an endpoint becomes its default. A draft that is refused leaves nothing behind: its model and its
    /// environment are registered with it or not at all.
    ///
    /// - Parameters:
    ///   - draft: The deployment.
    ///   - setDefault: True to make it the endpoint's default.
    ///   - newEndpoint: The endpoint to create, or change, in the same transaction.
    /// - Returns: The deployment.
    /// - Throws: ``ValidationError`` with everything that is wrong with the values; ``StudioError`` for what is missing.
    package func deploy(
        _ draft: DeploymentDraft,
        setDefault: Bool = false,
        creating newEndpoint: EndpointDraft? = nil
    ) async throws -> Deployment {
        let (settings, compute) = try await check(draft, creating: newEndpoint)
        let staged = try inlineModel(of: draft).map { try StagedModel($0, in: folder) }
        defer { staged?.discard() }
        let snapshot = try draft.code.map { try CodeSnapshot($0, in: folder) }
        defer { snapshot?.discard() }
        let deployment = try await save(draft, staged, snapshot, settings, compute, setDefault: setDefault, newEndpoint)
        await sweep()
        return deployment
    }

    /// Checks everything about a draft that ``deploy(_:setDefault:creating:)`` checks before it copies anything.
    ///
    /// - Returns: The settings and the compute target of the deployment.
    /// - Throws: as ``deploy(_:setDefault:creating:)``.
    @discardableResult
    package func check(
        _ draft: DeploymentDraft,
        creating newEndpoint: EndpointDraft? = nil
    ) async throws -> (settings: DeploymentSettings, compute: ComputeTarget) {
        try ValidationError.throwIfAny((newEndpoint?.problems() ?? []) + draft.problems())
        try database.checkWritable()
        if newEndpoint == nil { _ = try await endpoint(draft.endpointName) }
        let compute = try await computeTarget(draft.compute)
        let settings = DeploymentSettings().overridden(by: draft.settings)
        try ValidationError.throwIfAny(settings.problems(on: compute))
        try ValidationError.throwIfAny(try await draft.problems(with: modelFacts(draft.model)))
        if let code = draft.code { try Self.checkScript(code) }
        try await checkEnvironment(of: draft)
        return (settings, compute)
    }

    private func save(
        _ draft: DeploymentDraft,
        _ staged: StagedModel?,
        _ snapshot: CodeSnapshot?,
        _ settings: DeploymentSettings,
        _ compute: ComputeTarget,
        setDefault: Bool,
        _ newEndpoint: EndpointDraft?
    ) async throws -> Deployment {
        let now = now()
        return try await database.write { db in
            if let newEndpoint { _ = try Self.create(newEndpoint, db, at: now) }
            let model = try staged?.register(db, at: now) ?? Self.registered(draft.model, db)
            let environment = try Self.resolve(draft.environment, db, at: now)
            var endpoint = try Self.endpoint(draft.endpointName, db)
            let key = ["endpointName": draft.endpointName, "name": draft.name]
            let old = try Deployment.fetchOne(db, key: key)
            let oldCode = try Self.code(ofDeployments: draft.name, of: draft.endpointName, db)
            let deployment = Deployment(
                endpointName: draft.endpointName,
                name: draft.name,
                description: draft.description,
                tags: draft.tags,
                properties: draft.properties,
                model: model.id,
                scoring: try snapshot?.register(db) ?? .generated,
                environment: environment?.id,
                compute: compute.name,
                settings: settings,
                createdAt: old?.createdAt ?? now,
                updatedAt: now
            )
            // Not upsert: GRDB's asks for the rowid, which this table does not have.
            let stored = try deployment.stored(db)
            if old == nil { try stored.insert(db) } else { try stored.update(db) }
            try Self.noteUnusedCode(oldCode, db)
            if setDefault || endpoint.defaultDeployment == nil {
                endpoint.defaultDeployment = deployment.name
                endpoint.updatedAt = now
                try endpoint.update(db)
            }
            return deployment
        }
    }

    /// The deployment of that name.
    package func deployment(_ name: String, of endpoint: String) async throws -> Deployment {
        try await database.read { db in try Self.deployment(name, of: endpoint, db) }
    }

    /// The deployments of an endpoint, by name.
    package func deployments(of endpoint: String) async throws -> [Deployment] {
        try await database.read { db in
            _ = try Self.endpoint(endpoint, db)
            return try Deployment.filter(Column("endpointName") == endpoint).order(Column("name")).fetchAll(db)
        }
    }

    /// Deletes a deployment; its jobs and their output stay.
    ///
    /// - Throws: ``StudioError`` with code `inUse` for the default deployment while there are others, and while jobs run.
    package func deleteDeployment(_ name: String, of endpointName: String) async throws {
        try await database.write { db in
            var endpoint = try Self.endpoint(endpointName, db)
            let deployment = try Self.deployment(name, of: endpointName, db)
            try Self.checkNoUnfinishedJob(of: endpointName, deployment: name, db)
            if endpoint.defaultDeployment == name {
                let others = try Deployment.filter(Column("endpointName") == endpointName && Column("name") != name)
                    .fetchAll(db)
                if let other = others.first {
                    throw StudioError(
                        .inUse,
                        "Deployment '\(name)' is the default of endpoint '\(endpointName)'.",
                        advice: "Choose another first: batchstudio batch-endpoint update -n \(endpointName) "
                            + "--set defaults.deployment_name=\(other.name)",
                        inStudio: "Make another deployment the default first."
                    )
                }
                endpoint.defaultDeployment = nil
                try endpoint.update(db)
            }
            let code = try Self.code(ofDeployments: name, of: endpointName, db)
            try deployment.delete(db)
            try Self.noteUnusedCode(code, db)
        }
        await sweep()
    }

    static func deployment(_ name: String, of endpoint: String, _ db: Database) throws -> Deployment {
        if let found = try Deployment.fetchOne(db, key: ["endpointName": endpoint, "name": name]) { return found }
        _ = try Self.endpoint(endpoint, db)
        let names = try String.fetchAll(
            db,
            sql: "SELECT name FROM deployment WHERE endpointName = ? ORDER BY name",
            arguments: [endpoint]
        )
        throw StudioError(
            .notFound,
            "Deployment name \(name) not found for endpoint '\(endpoint)'; "
                + (names.isEmpty ? "it has none." : "it has \(names.joined(separator: ", ")).")
        )
    }

    private func modelFacts(_ choice: DeploymentDraft.ModelChoice?) async throws -> DeploymentDraft.ModelFacts {
        switch choice {
        case .registered(let reference):
            let model = try await model(reference)
            return DeploymentDraft.ModelFacts(name: model.id.description, kind: model.kind, mlflow: model.mlflow)
        case .inline(let model):
            return DeploymentDraft.ModelFacts(name: "the model '\(model.name)'", kind: model.kind, mlflow: model.mlflow)
        case nil:
            throw ValidationError(Problem(field: "model", rule: "must be given", example: "azureml:wine@latest"))
        }
    }

    /// Checks that the environment exists and says which packages it has.
    private func checkEnvironment(of draft: DeploymentDraft) async throws {
        switch draft.environment {
        case .registered(let reference):
            do {
                let asset = try await environment(reference)
                if asset.source != nil { return }
                throw ValidationError(DeploymentDraft.imageOnly("environment \(asset.id)", named: asset.image))
            } catch let error as StudioError where error.code == .notFound && reference.name.hasPrefix("AzureML-") {
                throw ValidationError(DeploymentDraft.curated(reference))
            }
        case .inline(let registration):
            try Self.checkNames(of: registration)
            if registration.source == nil {
                throw ValidationError(DeploymentDraft.imageOnly("the environment", named: registration.image))
            }
        case nil: break
        }
    }

    private func inlineModel(of draft: DeploymentDraft) -> ModelRegistration? {
        if case .inline(let registration) = draft.model { registration } else { nil }
    }

    private static func registered(_ choice: DeploymentDraft.ModelChoice?, _ db: Database) throws -> Model {
        guard case .registered(let reference) = choice else {
            throw ValidationError(Problem(field: "model", rule: "must be given", example: "azureml:wine@latest"))
        }
        return try Model.find(db, reference)
    }

    private static func resolve(
        _ choice: DeploymentDraft.EnvironmentChoice?,
        _ db: Database,
        at date: Date
    ) throws -> EnvironmentAsset? {
        switch choice {
        case .registered(let reference): try EnvironmentAsset.find(db, reference)
        case .inline(let registration): try register(registration, db, at: date)
        case nil: nil
        }
    }

    private static func checkScript(_ code: ScoringCode) throws {
        let leavesFolder = code.script.hasPrefix("/") || code.script.split(separator: "/").contains("..")
        guard !leavesFolder, FileManager.default.fileExists(atPath: code.folder + "/" + code.script) else {
            throw StudioError(.notFound, "There is no scoring script \(code.script) in \(code.folder).")
        }
    }
}
