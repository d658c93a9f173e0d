import ArgumentParser
import BatchDomain
import BatchWorkspace

/// Carries out `batchstudio batch-endpoint delete`.
struct BatchEndpointDelete: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete an endpoint and its deployments; its jobs and their output stay."
    )

    @Option(name: [.short, .long], help: "The endpoint's name.", completion: .names(of: .endpoint))
    var name: String

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let workspace = try await session.openWorkspace()
        let deployments = try await workspace.deployments(of: name).map(\.name)
        let loss = deployments.isEmpty ? "" : " and its deployments \(deployments.joined(separator: ", "))"
        try session.confirm("Delete endpoint '\(name)'\(loss)?", isConfirmed: confirmation.yes)
        try await workspace.deleteEndpoint(name)
    }
}
