import ArgumentParser

/// Groups the commands `batchstudio compute …`.
struct ComputeCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compute",
        abstract: "Make compute targets, list, show and delete them.",
        subcommands: [ComputeCreate.self, ComputeList.self, ComputeShow.self, ComputeDelete.self]
    )
}
