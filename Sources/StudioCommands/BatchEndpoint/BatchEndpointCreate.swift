import ArgumentParser
import BatchManifest
import StudioCore

/// Carries out `batchstudio batch-endpoint create`.
struct BatchEndpointCreate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create a batch endpoint; one of that name is changed instead.",
        discussion: "Example: batchstudio batch-endpoint create -n wine-batch"
    )

    @Option(name: [.short, .long], help: "The endpoint's name.")
    var name: String?

    @OptionGroup var source: FileOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let draft = try EndpointManifest.read(source.document(in: session, flags: ["name": name]))
        try session.answer(Output(try await session.openStudio().createEndpoint(draft)))
    }
}
