import ArgumentParser
import StudioCore

/// Carries out `batchstudio batch-endpoint list`.
struct BatchEndpointList: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the batch endpoints.",
        discussion: "Example: batchstudio batch-endpoint list -o table"
    )

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try session.answer(Output(try await session.openStudio().endpoints()))
    }
}
