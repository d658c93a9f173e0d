import ArgumentParser
import StudioCore

/// Carries out `batchstudio batch-deployment show`.
struct BatchDeploymentShow: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a deployment.",
        discussion: "Example: batchstudio batch-deployment show -n wine-mlflow -e wine-batch -o yaml"
    )

    @OptionGroup var deployment: DeploymentOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio()
        let shown = try await studio.deployment(deployment.name, of: deployment.endpointName)
        try session.answer(Output(shown, loader: try await studio.loaderSummary(of: shown)))
    }
}
