import ArgumentParser
import BatchManifest
import BatchWorkspace

/// Carries out `batchstudio datastore show`.
struct DatastoreShow: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a datastore; its secrets are masked."
    )

    @Option(name: [.short, .long], help: "The datastore's name.", completion: .names(of: .datastore))
    var name: String

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try session.answer(Output(try await session.openWorkspace().datastore(name)))
    }
}
