import ArgumentParser
import BatchDomain
import BatchManifest
import BatchWorkspace

/// Carries out `batchstudio batch-deployment update`.
struct BatchDeploymentUpdate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change a deployment; jobs that run keep what they started with.",
        discussion: """
            Example: batchstudio batch-deployment update -n wine-mlflow -e wine-batch --set retry_settings.timeout=60
            """
    )

    @Option(name: [.short, .long], help: "The deployment's name.", completion: .names(of: .deployment))
    var name: String?

    @Option(name: [.short, .long], help: "The endpoint's name.", completion: .names(of: .endpoint))
    var endpointName: String?

    @Flag(help: "Take the scoring script without looking at its syntax and for init() and run().")
    var skipScriptValidation = false

    @OptionGroup var source: FileOptions
    @OptionGroup var changes: UpdateOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let workspace = try await session.openWorkspace()
        let turn = try workspace.updateTurn()
        defer { turn.end() }
        var source = source
        // What the deployment is has its settings at the top, but people know them from files, where they lie deeper.
        if source.file == nil { source.set = source.set.map(Self.flat) }
        let document = try await source.changed(base(in: workspace, session), forceString: changes.forceString)
        let draft = try DeploymentManifest.read(document, name: name, endpointName: endpointName)
        _ = try await workspace.deployment(draft.name, of: draft.endpointName)
        if !skipScriptValidation { try await session.checkScript(of: draft) }
        try session.answer(Output(try await workspace.deploy(draft)))
    }

    /// What the changes start from: the file, or the deployment as it is.
    private func base(in workspace: Workspace, _ session: Session) async throws -> YAMLDocument {
        if let file = source.file { return try changes.changed(session.document(file), of: file) }
        guard let name, let endpointName else {
            throw BatchDomain.ValidationError(
                Problem(
                    field: name == nil ? "--name" : "--endpoint-name",
                    rule: "must be given, or a file with --file",
                    example: name == nil ? "wine-mlflow" : "wine-batch"
                )
            )
        }
        let deployment = try await workspace.deployment(name, of: endpointName)
        var changes = changes
        changes.remove = changes.remove.map(Self.flatKey)
        return try changes.changed(ManifestValue(flat: DeploymentDraft(deployment)), of: "deployment \(name)")
    }

    /// `settings.mini_batch_size=5` without `settings`, and `instance_count` where it belongs.
    private static func flat(_ text: String) -> String {
        guard let assignment = Assignment(text) else { return text }
        return "\(flatKey(assignment.key))=\(assignment.value)"
    }

    private static func flatKey(_ path: String) -> String {
        let prefix = "settings."
        let key = path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
        return Setting.named(key)?.key ?? key
    }
}
