import ArgumentParser

/// Groups the commands `batchstudio environment …`.
struct EnvironmentCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "environment",
        abstract: "Register environments, list, show and change them.",
        subcommands: [
            EnvironmentCreate.self, EnvironmentList.self, EnvironmentShow.self, EnvironmentUpdate.self,
            EnvironmentArchive.self, EnvironmentRestore.self,
        ]
    )
}
