import ArgumentParser
import BatchManifest
import BatchWorkspace

/// Carries out `batchstudio datastore list`.
struct DatastoreList: StudioCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the datastores.")

    @OptionGroup var list: ListOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let datastores = try await session.openWorkspace().datastores()
        try session.answer(Output(try list.limited(datastores)))
    }
}
