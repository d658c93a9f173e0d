import ArgumentParser
import BatchDomain
import BatchWorkspace

/// Carries out `batchstudio model delete`.
struct ModelDelete: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a version of a model that no deployment uses; jobs that it scored stay."
    )

    @Option(name: [.short, .long], help: "The model's name.", completion: .names(of: .model))
    var name: String

    @OptionGroup var version: VersionOptions
    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let workspace = try await session.openWorkspace()
        let id = try await workspace.model(version.explicitReference(to: name)).id
        try session.confirm("Delete model '\(id.name)' version \(id.version)?", isConfirmed: confirmation.yes)
        try await workspace.deleteModel(AssetReference(id))
    }
}
