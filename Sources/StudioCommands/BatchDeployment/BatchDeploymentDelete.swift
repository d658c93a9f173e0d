import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio batch-deployment delete`.
struct BatchDeploymentDelete: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a deployment; its jobs and their output stay.",
        discussion: "Example: batchstudio batch-deployment delete -n wine-mlflow -e wine-batch --yes"
    )

    @OptionGroup var deployment: DeploymentOptions
    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio()
        let found = try await studio.deployment(deployment.name, of: deployment.endpointName)
        try session.confirm(
            "Delete deployment '\(found.name)' of endpoint '\(found.endpointName)'?",
            isConfirmed: confirmation.yes
        )
        try await studio.deleteDeployment(found.name, of: found.endpointName)
    }
}
