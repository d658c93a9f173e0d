import ArgumentParser
import BatchManifest
import StudioCore

/// Carries out `batchstudio datastore list`.
struct DatastoreList: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the datastores.",
        discussion: "Example: batchstudio datastore list -o table"
    )

    @OptionGroup var list: ListOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let datastores = try await session.openStudio().datastores()
        try session.answer(DatastoreNoun.output(try list.limited(datastores)))
    }
}
