import ArgumentParser
import StudioCore

/// Carries out `batchstudio batch-endpoint show`.
struct BatchEndpointShow: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a batch endpoint.",
        discussion: "Example: batchstudio batch-endpoint show -n wine-batch"
    )

    @Option(name: [.short, .long], help: "The endpoint's name.", completion: .names(of: .endpoint))
    var name: String

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try session.answer(Output(try await session.openStudio().endpoint(name)))
    }
}
