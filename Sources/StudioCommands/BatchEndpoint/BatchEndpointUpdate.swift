import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio batch-endpoint update`.
struct BatchEndpointUpdate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change an endpoint: its default deployment, baseline, description and tags.",
        discussion: """
            Examples:
              batchstudio batch-endpoint update -n wine-batch --defaults deployment_name=wine-mlflow
              batchstudio batch-endpoint update -n wine-batch --set baseline=JOB

            Jobs that complete later are compared with the baseline; an empty value takes it away.
            """
    )

    @Option(name: [.short, .long], help: "The endpoint's name.", completion: .names(of: .endpoint))
    var name: String?

    @Option(help: "The default deployment: deployment_name=NAME.")
    var defaults: String?

    @OptionGroup var source: FileOptions
    @OptionGroup var changes: UpdateOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio()
        if let file = source.file {
            let document = try changes.changed(session.document(file), of: file)
            try session.answer(Output(try await studio.updateEndpoint(draft(document))))
            return
        }
        guard let name else {
            throw BatchDomain.ValidationError(
                Problem(field: "--name", rule: "must be given, or a file with --file", example: "wine-batch")
            )
        }
        let before = try? await studio.endpoint(name).defaultDeployment
        let changed = try await studio.updateEndpoint(name) { old in
            let present = EndpointDraft(
                name: old.name,
                description: old.description,
                tags: old.tags,
                properties: old.properties,
                defaultDeployment: old.defaultDeployment,
                baseline: old.baseline
            )
            var changed = try draft(changes.changed(ManifestValue(present), of: "endpoint \(name)"))
            // What is not there any more was taken away, by --remove or an empty value.
            changed.baseline = changed.baseline ?? ""
            return changed
        }
        try session.answer(Output(changed))
        if let before, let after = changed.defaultDeployment, before != after,
            let pair = try await studio.comparableJobs(of: name, before, after)
        {
            session.note(
                "\(before) and \(after) have scored the same data. Compare their predictions with: "
                    + "batchstudio job compare \(pair.first.name) \(pair.second.name)"
            )
        }
    }

    private func draft(_ base: YAMLDocument) throws -> EndpointDraft {
        var document = base
        for assignment in try Assignment.read(
            defaults.map { [$0] } ?? [],
            flag: "--defaults",
            example: "deployment_name=wine-mlflow"
        ) {
            document = try document.setting(path: "defaults.\(assignment.key)", text: assignment.value)
        }
        return try EndpointManifest.read(
            source.changed(document, flags: ["name": name], forceString: changes.forceString)
        )
    }
}
