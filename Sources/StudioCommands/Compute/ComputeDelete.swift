import ArgumentParser
import BatchWorkspace

/// Carries out `batchstudio compute delete`.
struct ComputeDelete: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a compute target that no deployment uses."
    )

    @Option(name: [.short, .long], help: "The compute target's name.", completion: .names(of: .compute))
    var name: String

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let workspace = try await session.openWorkspace()
        _ = try await workspace.computeTarget(name)
        try session.confirm("Delete compute target '\(name)'?", isConfirmed: confirmation.yes)
        try await workspace.deleteComputeTarget(name)
    }
}
