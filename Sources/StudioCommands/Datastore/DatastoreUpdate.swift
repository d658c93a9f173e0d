import ArgumentParser
import BatchDomain
import BatchManifest
import BatchWorkspace

/// Carries out `batchstudio datastore update`.
struct DatastoreUpdate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change a datastore; secrets that are not given stay.",
        discussion: "Example: batchstudio datastore update -n archive -f archive.yml"
    )

    @Option(name: [.short, .long], help: "The datastore's name.", completion: .names(of: .datastore))
    var name: String

    @OptionGroup var source: FileOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let workspace = try await session.openWorkspace()
        let turn = try workspace.updateTurn()
        defer { turn.end() }
        let old = try await workspace.datastore(name)
        let credentials = try workspace.credentials(of: old)
        let present = try YAMLDocument(text: ManifestValue(old).yaml, file: "")
        let document =
            try source.file == nil ? source.changed(present) : source.document(in: session, flags: ["name": name])
        let registration = try DatastoreManifest.read(
            document,
            now: session.surroundings.now(),
            keeping: credentials
        )
        try session.answer(Output(try await workspace.save(registration)))
    }
}
