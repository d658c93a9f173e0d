import ArgumentParser
import BatchWorkspace

/// Carries out `batchstudio datastore delete`.
struct DatastoreDelete: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a datastore that nothing uses; what is in it stays."
    )

    @Option(name: [.short, .long], help: "The datastore's name.", completion: .names(of: .datastore))
    var name: String

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let workspace = try await session.openWorkspace()
        _ = try await workspace.datastore(name)
        try session.confirm("Delete datastore '\(name)'?", isConfirmed: confirmation.yes)
        try await workspace.deleteDatastore(name)
    }
}
