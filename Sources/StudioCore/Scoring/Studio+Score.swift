package import BatchDomain
import BatchManifest
import BatchWorkspace
import Foundation
import Logging

extension Studio {
    /// The label of endpoints and jobs of scorings: of the model, of the file for the predictions.
    private static let label = "batchstudio.score"
    private static let scoreDeployment = "score"

    /// Queues the job of a scoring; its model and endpoint are made where an earlier call has not.
    ///
    /// The same call again, while its job has not ended, returns that job.
    ///
    /// - Parameters:
    ///   - draft: The model, the input, the settings and the file for the predictions.
    ///   - report: Receives the steps that take time.
    /// - Returns: The job, and whether an executor runs it.
    /// - Throws: ``ValidationError`` with everything that is wrong; ``StudioError`` when the file exists, the endpoint is another
    ///   one, or there is no model or no input: then nothing was made.
    package func score(_ draft: ScoreDraft, report: @escaping Report) async throws -> QueuedJob {
        let predictions = caller.absolute(draft.predictions)
        var refusals = Refusals()
        await refusals.attempt { try Self.requireAbsence(of: predictions) }
        var found: ScoredModel?
        await refusals.attempt { found = try await ScoredModel(draft.model, in: self) }
        await refusals.attempt { try await requireFiles(for: draft) }
        try refusals.throwIfAny()
        guard let model = found else { preconditionFailure("a model that is missing was refused") }
        var invocation = draft.invocation
        invocation.endpointName = draft.endpoint ?? "score-\(model.digest.prefix(12))"
        invocation.deploymentName = Self.scoreDeployment
        invocation.input = caller.absolute(invocation.input)
        invocation.tags[Self.label] = predictions
        invocation.overrides.outputFileName = (predictions as NSString).lastPathComponent
        let cores = ProcessInfo.processInfo.activeProcessorCount
        invocation.overrides.maxConcurrencyPerInstance = invocation.overrides.maxConcurrencyPerInstance ?? cores
        if let endpoint = try await endpoints().first(where: { $0.name == invocation.endpointName }) {
            guard endpoint.tags[Self.label] == model.digest else {
                throw StudioError(
                    .alreadyExists,
                    "The endpoint '\(endpoint.name)' exists already and is not one of this model.",
                    advice:
                        "Keep this one under another name, or start a job on it with: batchstudio batch-endpoint invoke"
                )
            }
            let jobs = try await jobs(JobFilter(endpointName: endpoint.name))
            if let job = jobs.first(where: { $0.isUnfinished(like: invocation) }) {
                return queued(job, isNew: false)
            }
            return try await submit(invocation, typedBy: "INPUT")
        }
        do {
            try await deploy(model, as: invocation.endpointName, report)
            return try await submit(invocation, typedBy: "INPUT")
        } catch {
            try? await remove(invocation.endpointName, of: model.digest)
            throw error
        }
    }

    private func requireFiles(for draft: ScoreDraft) async throws {
        var invocation = draft.invocation
        invocation.input = caller.absolute(invocation.input)
        invocation.table = try await MLTableManifest.read(for: invocation, typedBy: "INPUT") {
            try await workspace.localPath(of: $0)
        }
        try Self.requireFiles(in: try await workspace.input(of: invocation), scoring: .generated)
    }

    private func deploy(_ model: ScoredModel, as name: String, _ report: @escaping Report) async throws {
        let version: AssetVersion
        switch model.place {
        case .registered(let registered): version = registered
        case .path(let path):
            if let known = try await models(of: model.digest, named: name).last {
                version = known.id
            } else {
                let draft = ModelDraft(name: name, kind: .mlflow, tags: [Self.label: model.digest], path: path)
                version = try await registerModel(draft, report: report).id
            }
        }
        _ = try await createEndpointAndDeploy(
            EndpointDraft(name: name, tags: [Self.label: model.digest]),
            DeploymentDraft(
                endpointName: name,
                name: Self.scoreDeployment,
                model: .registered(AssetReference(version))
            )
        )
    }

    /// Copies the predictions of a scoring's ended job to their file; removes endpoint and model unless files failed, or they are
    /// to stay.
    ///
    /// - Throws: ``StudioError`` when the job failed, or the file exists by now: then all stays as it is.
    package func deliver(_ job: Job, of draft: ScoreDraft) async throws {
        try job.requireCompleted()
        let predictions = caller.absolute(draft.predictions)
        var copy = FileDownload(to: (predictions as NSString).deletingLastPathComponent, overwrites: false)
        copy.add(try JobFiles(job, in: folder).output(), under: nil)
        _ = try copy.run()
        guard draft.endpoint == nil, job.counts.failedFiles == 0 else { return }
        let name = job.specification.endpointName
        do {
            try await remove(name, of: try await endpoint(name).tags[Self.label])
        } catch let error as StudioError where error.code == .inUse || error.code == .notFound {
            // Another call scores with this model, and removes it after that; or has just removed it.
            logger.debug("The endpoint stays.", metadata: ["endpoint": "\(name)", "reason": "\(error.message)"])
        }
    }

    /// The things that a scoring has made and that stay for its job, with the commands that remove them; nil when there are none.
    package func remainder(of job: Job, _ draft: ScoreDraft) async throws -> String? {
        let name = job.specification.endpointName
        guard draft.endpoint == nil, let endpoint = try await endpoints().first(where: { $0.name == name }) else {
            return nil
        }
        let models = try await models(of: endpoint.tags[Self.label], named: name)
        let commands =
            ["batch-endpoint delete -n \(name) --yes"]
            + models.map { "model delete -n \(name) --version \($0.version) --yes" }
        let things =
            models.isEmpty
            ? "endpoint '\(name)' stays. Remove it" : "endpoint '\(name)' and model '\(name)' stay. Remove them"
        return "For that, \(things) with: "
            + commands.map { "batchstudio \($0)" }.joined(separator: " && ")
    }

    /// Removes the endpoint of a scoring and the model that was registered for it.
    private func remove(_ name: String, of digest: String?) async throws {
        if let endpoint = try await endpoints().first(where: { $0.name == name }), endpoint.tags[Self.label] == digest {
            try await deleteEndpoint(name)
        }
        for model in try await models(of: digest, named: name) { try await delete(.model, AssetReference(model.id)) }
    }

    /// The models that scorings have registered; a user may have one of the same name.
    private func models(of digest: String?, named name: String) async throws -> [Model] {
        guard let digest else { return [] }
        return try await workspace.models(named: name).filter { $0.tags[Self.label] == digest }
    }

    private static func requireAbsence(of file: String) throws {
        // A link to nothing is in the way too.
        guard (try? FileManager.default.attributesOfItem(atPath: file)) != nil else { return }
        throw StudioError(
            .alreadyExists,
            "\(file) exists already. Nothing was overwritten.",
            advice: "Name another file with -o, or remove this one."
        )
    }
}

extension Job {
    /// Whether it has not ended, and scores the same input into the same file.
    fileprivate func isUnfinished(like invocation: Invocation) -> Bool {
        !state.isTerminal && tags == invocation.tags && specification.input.reference == invocation.input
    }
}
