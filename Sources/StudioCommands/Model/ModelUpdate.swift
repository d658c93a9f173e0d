import ArgumentParser
import BatchDomain
import BatchManifest
import BatchWorkspace

/// Carries out `batchstudio model update`.
struct ModelUpdate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change a model's description, tags and properties; what it is made of never changes.",
        discussion: "Example: batchstudio model update -n NAME -v 1 --set description=better tags.owner=me"
    )

    @Option(name: [.short, .long], help: "The model's name.", completion: .names(of: .model))
    var name: String

    @Option(help: .azureOnly)
    var stage: String?

    @Option(help: .azureOnly)
    var flavors: String?

    @OptionGroup var version: VersionOptions
    @OptionGroup var labels: LabelOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let workspace = try await session.openWorkspace()
        let turn = try workspace.updateTurn()
        defer { turn.end() }
        let asset = try await workspace.model(version.reference(to: name))
        let keys = ["description", "tags", "properties"]
        let new = try labels.changed(ManifestValue(asset), of: "model \(asset.id)", allowing: keys)
        let changed = try await workspace.relabel(
            model: AssetReference(asset.id),
            AssetLabels(description: new.description, tags: new.tags, properties: new.properties)
        )
        try session.answer(Output(changed))
    }
}
