import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

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
        let changed = try await session.openStudio().updateDatastore(name) { old, credentials in
            let present = try YAMLDocument(text: ManifestValue(old).yaml, file: "")
            return try DatastoreManifest.read(
                source.file == nil ? source.changed(present) : source.document(in: session, flags: ["name": name]),
                now: session.surroundings.now(),
                keeping: credentials
            )
        }
        try session.answer(DatastoreNoun.output(changed))
    }
}
