import ArgumentParser
import BatchDomain
import BatchWorkspace

/// Carries out `batchstudio data delete`.
struct DataDelete: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a version of a data asset; the data itself stays where it is."
    )

    @Option(name: [.short, .long], help: "The data asset's name.", completion: .names(of: .data))
    var name: String

    @OptionGroup var version: VersionOptions
    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let workspace = try await session.openWorkspace()
        let id = try await workspace.dataAsset(version.explicitReference(to: name)).id
        try session.confirm("Delete data asset '\(id.name)' version \(id.version)?", isConfirmed: confirmation.yes)
        try await workspace.deleteDataAsset(AssetReference(id))
    }
}
