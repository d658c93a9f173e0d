import ArgumentParser
import StudioCore

/// Carries out `batchstudio batch-deployment list`.
struct BatchDeploymentList: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the deployments of an endpoint.",
        discussion: "Example: batchstudio batch-deployment list -e wine-batch -o table"
    )

    @Option(name: [.short, .long], help: "The endpoint's name.", completion: .names(of: .endpoint))
    var endpointName: String

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try session.answer(Output(try await session.openStudio().deployments(of: endpointName)))
    }
}
