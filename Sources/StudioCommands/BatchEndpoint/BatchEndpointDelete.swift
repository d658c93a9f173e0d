import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio batch-endpoint delete`.
struct BatchEndpointDelete: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete an endpoint and its deployments, and disable its schedules; its jobs and their output stay.",
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
        let schedules = try await studio.schedules(of: name).filter(\.isEnabled).map(\.name)
        let disabled =
            schedules.isEmpty
            ? ""
            : " That disables the \(schedules.count == 1 ? "schedule" : "schedules") \(schedules.joined(separator: ", "))."
        try session.confirm("Delete endpoint '\(name)'\(loss)?\(disabled)", isConfirmed: confirmation.yes)
        try await studio.deleteEndpoint(name)
        if !schedules.isEmpty { session.note("Disabled: \(schedules.joined(separator: ", ")).") }
    }
}
