package import BatchDomain
import Foundation
import GRDB

extension Workspace {
    /// Submits a job: resolves what it needs, checks it, and queues it for the executor.
    ///
    /// - Throws: ``ValidationError`` for settings; ``StudioError`` when endpoint, deployment or input are missing, or the
    ///   output exists: nothing has started then.
    package func invoke(_ invocation: Invocation) async throws -> Job {
        try await submit(invocation).job
    }

    /// Submits a job, or returns the one of its name that the same call has submitted before.
    ///
    /// - Throws: as ``invoke(_:)``, and when a job of the name has other values.
    package func submit(_ invocation: Invocation) async throws -> Submission {
        let now = now()
        return try await database.write { db in try submit(invocation, at: now, db) }
    }

    /// Submits a job within a transaction.
    func submit(_ invocation: Invocation, at now: Date, _ db: Database) throws -> Submission {
        if let name = invocation.jobName {
            try ValidationError.throwIfAny(NameRule.job.problems(in: name, field: "job_name"))
        }
        if let repeated = try Submission.repeated(by: invocation, db) { return repeated }
        let name = invocation.jobName ?? UUID().uuidString.lowercased()
        var generator = SystemRandomNumberGenerator()
        let job = Job(
            name: name,
            displayName: invocation.displayName ?? DisplayName.random(using: &generator),
            experimentName: invocation.experimentName ?? invocation.endpointName,
            description: invocation.description,
            tags: invocation.tags,
            specification: try Self.specification(of: invocation, jobName: name, folder: folder, db),
            createdAt: now
        )
        try Self.checkHooks(invocation.hooks, secrets: invocation.hookSecrets)
        let signed = JobHook.variables(of: invocation.hooks)
        var kept = SecretStore.Secrets(variables: invocation.variables)
        if !signed.isEmpty { kept.hookSecrets = invocation.hookSecrets?.filter { signed.contains($0.key) } }
        if job.specification.input.remote?.datastore == nil,
            let (_, credentials) = try Self.remoteInput(of: invocation.input, db)
        {
            kept.credentials = credentials
        }
        try SecretStore(folder).write(kept, of: .job(name))
        try folder.clear(WorkspaceFolder.job(name), db)
        try JobRecord(job).stored(db).insert(db)
        try Self.recordTransition(of: name, to: .queued, at: now, db)
        return Submission(job: job, isNew: true)
    }

    /// Everything that the job of a submission would need; nil where the submission repeats one.
    ///
    /// - Throws: as ``submit(_:)``.
    package func specification(of invocation: Invocation) async throws -> JobSpecification? {
        try await database.read { db in
            guard try Submission.repeated(by: invocation, db) == nil else { return nil }
            let name = invocation.jobName ?? UUID().uuidString.lowercased()
            return try Self.specification(of: invocation, jobName: name, folder: folder, db)
        }
    }

    /// The input that a job would have.
    ///
    /// - Throws: ``StudioError`` when it is not there.
    package func input(of invocation: Invocation) async throws -> JobInput {
        try await database.read { db in
            let table = try Self.table(of: invocation, db)
            return try Self.input(of: invocation, table: table, jobName: "check", folder: folder, db)
        }
    }

    /// Everything that a job needs, resolved and checked.
    static func specification(
        of invocation: Invocation,
        jobName: String,
        folder: WorkspaceFolder,
        _ db: Database
    ) throws -> JobSpecification {
        let deployment = try deployment(for: invocation, db)
        // A table describes its own data better than the deployment does; the user has the last word.
        let table = try table(of: invocation, db)
        var described = SettingsOverrides()
        described.readOptions = table?.readOptions
        let settings = deployment.settings.overridden(by: described).overridden(by: invocation.overrides)
        let compute = try computeTarget(invocation.compute ?? deployment.compute, db)
        try ValidationError.throwIfAny(settings.problems() + settings.problems(on: compute))
        let model = try Model.find(db, AssetReference(deployment.model))
        var input = try input(of: invocation, table: table, jobName: jobName, folder: folder, db)
        input.isNewOnly = invocation.isNewOnly == true ? true : nil
        input.settle = invocation.settle
        let specification = JobSpecification(
            endpointName: deployment.endpointName,
            deploymentName: deployment.name,
            model: model.id,
            modelPath: model.path,
            scoring: deployment.scoring,
            environment: try environmentRequest(of: deployment, model: model, db),
            compute: compute.name,
            settings: settings,
            overrides: invocation.overrides,
            input: input,
            output: try output(of: invocation, jobName: jobName, settings: settings, db),
            hooks: invocation.hooks
        )
        try specification.checkTake()
        return specification
    }

    /// The GPUs that a job would hold; 0 where its deployment is missing, which ``submit(_:)`` reports.
    package func gpus(for invocation: Invocation) async throws -> Int {
        try await database.read { db in
            let settings = try? Self.deployment(for: invocation, db).settings
            return settings?.overridden(by: invocation.overrides).gpus ?? 0
        }
    }

    static func deployment(for invocation: Invocation, _ db: Database) throws -> Deployment {
        let endpoint = try endpoint(invocation.endpointName, db)
        if let name = invocation.deploymentName { return try deployment(name, of: endpoint.name, db) }
        if let name = endpoint.defaultDeployment { return try deployment(name, of: endpoint.name, db) }
        let names = try String.fetchAll(
            db,
            sql: "SELECT name FROM deployment WHERE endpointName = ? ORDER BY name",
            arguments: [endpoint.name]
        )
        throw StudioError(
            .invalidState,
            names.isEmpty
                ? "No deployment exists for endpoint '\(endpoint.name)'."
                : "Endpoint '\(endpoint.name)' has no default deployment; it has \(names.joined(separator: ", ")).",
            advice: names.isEmpty
                ? "Create one with: batchstudio batch-deployment create -f deployment.yml --endpoint-name \(endpoint.name)"
                : "Name one with --deployment-name, or set the default with: batchstudio batch-endpoint update "
                    + "-n \(endpoint.name) --set defaults.deployment_name=\(names[0])",
            inStudio: names.isEmpty ? "Add a deployment to it." : "Choose one, or set the endpoint's default."
        )
    }

    static func environmentRequest(
        of deployment: Deployment,
        model: Model,
        _ db: Database
    ) throws -> EnvironmentRequest {
        if let version = deployment.environment {
            let asset = try EnvironmentAsset.find(db, AssetReference(version))
            guard let source = asset.source else {
                throw ValidationError(DeploymentDraft.imageOnly("environment \(asset.id)", named: asset.image))
            }
            return EnvironmentRequest(owner: "environment \(asset.name):\(asset.version)", sources: [source])
        }
        // Deployments of earlier versions may have none.
        if let mlflow = model.mlflow, mlflow.environments.isEmpty {
            throw ValidationError(DeploymentDraft.noEnvironment(of: model.id.description, mlflow))
        }
        return EnvironmentRequest(
            owner: "model \(model.name):\(model.version)",
            sources: model.mlflow?.environments ?? [],
            dated: model.mlflow?.createdAt.map { String($0.prefix(10)) },
            folder: model.path
        )
    }

    /// The content of the input's `MLTable` file; nil for an input of another type.
    static func table(of invocation: Invocation, _ db: Database) throws -> MLTable? {
        if case .asset(let asset) = invocation.input { return try DataAsset.find(db, asset).table }
        return invocation.inputKind == .table ? invocation.table : nil
    }

    static func input(
        of invocation: Invocation,
        table: MLTable?,
        jobName: String,
        folder: WorkspaceFolder,
        _ db: Database
    ) throws -> JobInput {
        var reference = invocation.input
        var kind = invocation.inputKind
        if case .asset(let asset) = reference {
            let found = try DataAsset.find(db, asset)
            reference = .asset(AssetReference(found.id))
            kind = found.kind
        }
        if let table {
            return JobInput(
                reference: reference,
                kind: .table,
                path: table.root,
                isRecursive: true,
                patterns: table.patterns
            )
        }
        if kind == .table {
            throw StudioError(
                .file,
                "The input \(reference) is no mltable that can be read: its MLTable file must be on this machine.",
                advice: "Pass --input-type uri_folder, and how the files are read with --set read_options.KEY=VALUE.",
                inStudio: "Choose the type \(DataAsset.Kind.folder.rawValue), and fill in the read options."
            )
        }
        if let (remote, credentials) = try remoteInput(of: reference, db) {
            if !credentials.isEmpty, case .url(let text) = reference {
                reference = .url(try RemoteAddress(text, field: "input").cleaned)
            }
            let kind = kind ?? remote.likelyKind
            let files = folder.job(jobName).inputFiles
            return JobInput(
                reference: reference,
                kind: kind,
                path: kind == .file ? files + "/" + remote.name : files,
                remote: remote,
                isRecursive: invocation.isRecursive
            )
        }
        guard let path = try localPath(of: reference, db) else {
            throw StudioError(.file, "\(reference) is no place that can be read.", advice: "Check the input.")
        }
        guard let found = DataAsset.Kind(at: path) else {
            if invocation.settle != nil {
                // Files arrive in it once it is there.
                return JobInput(
                    reference: reference,
                    kind: kind ?? .folder,
                    path: path,
                    isRecursive: invocation.isRecursive
                )
            }
            throw StudioError(
                .notFound,
                "There is no folder or file on target path \(path).",
                advice: "Check the path."
            )
        }
        try SpecialFile.refuse(path)
        let isAsset = if case .asset = reference { true } else { false }
        if let kind, kind != found {
            throw StudioError(
                .file,
                "The input \(path) is a \(found.noun), not a \(kind.rawValue).",
                advice: isAsset
                    ? "Register the data again with type \(found.rawValue)." : "Pass --input-type \(found.rawValue).",
                inStudio: isAsset ? nil : "Choose the type \(found.rawValue)."
            )
        }
        return JobInput(reference: reference, kind: found, path: path, isRecursive: invocation.isRecursive)
    }

    private static func output(
        of invocation: Invocation,
        jobName: String,
        settings: DeploymentSettings,
        _ db: Database
    ) throws -> JobOutput {
        let location =
            invocation.output
            ?? DatastorePath(datastore: Datastore.defaultName, path: jobName + "/score")
        return try output(at: location, settings: settings, db)
    }

    /// The output of a new job at a location.
    ///
    /// - Throws: ``StudioError`` when something is there, or another job writes there.
    static func output(
        at location: DatastorePath,
        settings: DeploymentSettings,
        _ db: Database
    ) throws -> JobOutput {
        let output = JobOutput(
            location: location,
            folder: try localPath(of: location, db),
            fileName: settings.outputAction == .appendRow ? settings.outputFileName : nil
        )
        try OutputLocation.checkFree(output, in: db.workspaceFolder)
        try checkNoRival(output, db)
        return output
    }

    /// Checks that no unfinished job writes to the same place.
    static func checkNoRival(_ output: JobOutput, _ db: Database) throws {
        let folder = StoredPath(output.folder, in: try db.workspaceFolder).text
        let rival = try JobRecord.unfinished.filter(Column("outputFolder") == folder).fetchAll(db)
            .first { $0.specification.output.fileName == output.fileName }
        if let rival {
            throw StudioError(
                .alreadyExists,
                "Job \(rival.name) is writing to \(output.location) already. You must use a unique output location.",
                advice: "Choose another with --output-path.",
                inStudio: "Choose another output location."
            )
        }
    }
}

extension DataAsset.Kind {
    /// The plain word for what is at its path.
    var noun: String { self == .folder ? "folder" : "file" }
}
