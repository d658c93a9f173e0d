import ArgumentParser
import BatchDomain
import BatchWorkspace

/// Carries out `batchstudio environment delete`.
struct EnvironmentDelete: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a version of an environment that no deployment uses."
    )

    @Option(name: [.short, .long], help: "The environment's name.", completion: .names(of: .environment))
    var name: String

    @OptionGroup var version: VersionOptions
    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let workspace = try await session.openWorkspace()
        let id = try await workspace.environment(version.explicitReference(to: name)).id
        try session.confirm("Delete environment '\(id.name)' version \(id.version)?", isConfirmed: confirmation.yes)
        try await workspace.deleteEnvironment(AssetReference(id))
    }
}
