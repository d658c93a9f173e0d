import ArgumentParser

/// Groups the commands `batchstudio batch-deployment …`.
struct BatchDeploymentCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch-deployment",
        abstract: "Create deployments under an endpoint, change and delete them.",
        subcommands: [
            BatchDeploymentCreate.self, BatchDeploymentList.self, BatchDeploymentShow.self, BatchDeploymentUpdate.self,
            BatchDeploymentDelete.self, BatchDeploymentListJobs.self, BatchDeploymentTest.self,
        ]
    )
}
