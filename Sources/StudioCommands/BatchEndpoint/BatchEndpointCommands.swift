import ArgumentParser

/// Groups the commands `batchstudio batch-endpoint …`.
struct BatchEndpointCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch-endpoint",
        abstract: "Create batch endpoints, change them, and start jobs on them.",
        subcommands: [
            BatchEndpointCreate.self, BatchEndpointList.self, BatchEndpointShow.self, BatchEndpointUpdate.self,
            BatchEndpointDelete.self, BatchEndpointInvoke.self, BatchEndpointListJobs.self,
        ]
    )
}
