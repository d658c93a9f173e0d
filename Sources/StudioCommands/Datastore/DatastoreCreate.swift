import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio datastore create`.
struct DatastoreCreate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a datastore: a folder, a container of Azure Blob Storage, an S3 bucket or a web server.",
        discussion: """
            Example: batchstudio datastore create -f archive.yml

            Credentials stand in the file; they are kept apart, readable by you alone, and never shown.
            """
    )

    @Option(name: [.short, .long], help: "The datastore's name.")
    var name: String?

    @OptionGroup var source: FileOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let registration = try DatastoreManifest.read(
            source.document(in: session, flags: ["name": name]),
            now: session.surroundings.now()
        )
        try session.answer(DatastoreNoun.output(try await session.openStudio().saveDatastore(registration)))
    }
}
