import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio batch-endpoint delete`.
struct BatchEndpointDelete: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete an endpoint and its deployments; its jobs and their output stay.",
        discussion: "Example: batchstudio batch-endpoint delete -n wine-batch --yes"
    )

    @Option(name: [.short, .long], help: "The endpoint's name.", completion: .names(of: .endpoint))
    var name: String

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio()
        let deployments = try await studio.deployments(of: name).map(\.name)
        let loss = deployments.isEmpty ? "" : " and its deployments \(deployments.joined(separator: ", "))"
        try session.confirm("Delete endpoint '\(name)'\(loss)?", isConfirmed: confirmation.yes)
        try await studio.deleteEndpoint(name)
    }
}
