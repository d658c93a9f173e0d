import ArgumentParser
import BatchDomain
import BatchManifest
import BatchWorkspace

/// Carries out `batchstudio data update`.
struct DataUpdate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change a data asset's description and tags; what it is made of never changes.",
        discussion: "Example: batchstudio data update -n NAME -v 1 --set description=better tags.owner=me"
    )

    @Option(name: [.short, .long], help: "The data asset's name.", completion: .names(of: .data))
    var name: String

    @OptionGroup var version: VersionOptions
    @OptionGroup var labels: LabelOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let workspace = try await session.openWorkspace()
        let turn = try workspace.updateTurn()
        defer { turn.end() }
        let asset = try await workspace.dataAsset(version.reference(to: name))
        let keys = ["description", "tags"]
        let new = try labels.changed(ManifestValue(asset), of: "data asset \(asset.id)", allowing: keys)
        let changed = try await workspace.relabel(
            data: AssetReference(asset.id),
            AssetLabels(description: new.description, tags: new.tags)
        )
        try session.answer(Output(changed))
    }
}
