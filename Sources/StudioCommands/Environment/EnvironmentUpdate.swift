import ArgumentParser
import BatchDomain
import BatchManifest
import BatchWorkspace

/// Carries out `batchstudio environment update`.
struct EnvironmentUpdate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change an environment's description and tags; what it is made of never changes.",
        discussion: "Example: batchstudio environment update -n NAME -v 1 --set description=better tags.owner=me"
    )

    @Option(name: [.short, .long], help: "The environment's name.", completion: .names(of: .environment))
    var name: String

    @OptionGroup var version: VersionOptions
    @OptionGroup var labels: LabelOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let workspace = try await session.openWorkspace()
        let turn = try workspace.updateTurn()
        defer { turn.end() }
        let asset = try await workspace.environment(version.reference(to: name))
        let keys = ["description", "tags"]
        let new = try labels.changed(ManifestValue(asset), of: "environment \(asset.id)", allowing: keys)
        let changed = try await workspace.relabel(
            environment: AssetReference(asset.id),
            AssetLabels(description: new.description, tags: new.tags)
        )
        try session.answer(Output(changed))
    }
}
