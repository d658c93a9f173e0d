import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

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
        let studio = try await session.openStudio()
        let script: Studio.ScriptValidation = skipScriptValidation ? .skip : .check
        if let file = source.file {
            let document = try changes.changed(session.document(file), of: file)
            try session.answer(Output(try await studio.updateDeployment(draft(document, source), script: script)))
            return
        }
        guard let name, let endpointName else {
            throw BatchDomain.ValidationError(
                Problem(
                    field: name == nil ? "--name" : "--endpoint-name",
                    rule: "must be given, or a file with --file",
                    example: name == nil ? "wine-mlflow" : "wine-batch"
                )
            )
        }
        // What the deployment is has its settings at the top, but users know them from files, where they lie deeper.
        var (source, changes) = (source, changes)
        source.set = source.set.map(Self.flat)
        changes.remove = changes.remove.map(Self.flatKey)
        let changed = try await studio.updateDeployment(name, of: endpointName, script: script) { old in
            let present = ManifestValue(flat: DeploymentDraft(old))
            return try draft(changes.changed(present, of: "deployment \(name)"), source)
        }
        try session.answer(Output(changed))
    }

    private func draft(_ document: YAMLDocument, _ source: FileOptions) throws -> DeploymentDraft {
        try DeploymentManifest.read(
            source.changed(document, forceString: changes.forceString),
            name: name,
            endpointName: endpointName
        )
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
