import ArgumentParser

/// Groups the commands `batchstudio compute …`.
struct ComputeCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compute",
        abstract: "Make compute targets, list, change and delete them.",
        subcommands: [
            ComputeCreate.self, ComputeList.self, ComputeShow.self, ComputeUpdate.self,
            ResourceDelete<ComputeNoun>.self,
            ComputeListNodes.self, ComputeListSizes.self, ComputeListUsage.self, ComputeStart.self, ComputeStop.self,
            ComputeRestart.self,
        ]
    )
}
