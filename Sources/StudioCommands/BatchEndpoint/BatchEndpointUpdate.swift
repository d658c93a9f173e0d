import ArgumentParser
import BatchDomain
import BatchManifest
import BatchWorkspace

/// Carries out `batchstudio batch-endpoint update`.
struct BatchEndpointUpdate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change an endpoint: its default deployment, description and tags.",
        discussion: "Example: batchstudio batch-endpoint update -n wine-batch --defaults deployment_name=wine-mlflow"
    )

    @Option(name: [.short, .long], help: "The endpoint's name.", completion: .names(of: .endpoint))
    var name: String?

    @Option(help: "The default deployment: deployment_name=NAME.")
    var defaults: String?

    @OptionGroup var source: FileOptions
    @OptionGroup var changes: UpdateOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let workspace = try await session.openWorkspace()
        let turn = try workspace.updateTurn()
        defer { turn.end() }
        let (old, base) = try await base(in: workspace, session)
        var document = base
        for assignment in try Assignment.read(
            defaults.map { [$0] } ?? [],
            flag: "--defaults",
            example: "deployment_name=wine-mlflow"
        ) {
            document = try document.setting(path: "defaults.\(assignment.key)", text: assignment.value)
        }
        var draft = try EndpointManifest.read(
            source.changed(document, flags: ["name": name], forceString: changes.forceString)
        )
        // What is as it was is not written: a deployment may have become the default in the meantime.
        if draft.description == old?.description { draft.description = nil }
        if draft.tags == old?.tags { draft.tags = nil }
        if draft.properties == old?.properties { draft.properties = nil }
        if draft.defaultDeployment == old?.defaultDeployment { draft.defaultDeployment = nil }
        try session.answer(Output(try await workspace.updateEndpoint(draft)))
    }

    /// What the changes start from: the file, or the endpoint as it is, which is given back too.
    private func base(in workspace: Workspace, _ session: Session) async throws -> (EndpointDraft?, YAMLDocument) {
        if let file = source.file { return (nil, try changes.changed(session.document(file), of: file)) }
        guard let name else {
            throw BatchDomain.ValidationError(
                Problem(field: "--name", rule: "must be given, or a file with --file", example: "wine-batch")
            )
        }
        let endpoint = try await workspace.endpoint(name)
        let draft = EndpointDraft(
            name: endpoint.name,
            description: endpoint.description,
            tags: endpoint.tags,
            properties: endpoint.properties,
            defaultDeployment: endpoint.defaultDeployment
        )
        return (draft, try changes.changed(ManifestValue(draft), of: "endpoint \(name)"))
    }
}
