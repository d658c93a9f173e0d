import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio batch-deployment list-jobs`.
struct BatchDeploymentListJobs: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "list-jobs",
        abstract: "List the jobs of a deployment, the newest first: 50 by default.",
        discussion: "Example: batchstudio batch-deployment list-jobs -n wine-mlflow -e wine-batch -o table"
    )

    @OptionGroup var deployment: DeploymentOptions
    @OptionGroup var page: JobPageOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let (name, endpoint) = (deployment.name, deployment.endpointName)
        let studio = try await session.openStudio()
        let jobs = try await page.jobs(JobFilter(endpointName: endpoint, deploymentName: name), in: studio, session)
        // Jobs outlive their deployment, so one that has jobs need not exist any more.
        if jobs.isEmpty { _ = try await studio.deployment(name, of: endpoint) }
        try session.answer(Output(jobs))
    }
}
