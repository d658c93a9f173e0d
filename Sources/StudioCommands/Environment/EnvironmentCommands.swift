import ArgumentParser

/// Groups the commands `batchstudio environment …`.
struct EnvironmentCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "environment",
        abstract: "Register environments, list, show, change and delete them.",
        subcommands: [
            EnvironmentCreate.self, AssetList<EnvironmentNoun>.self, AssetShow<EnvironmentNoun>.self,
            AssetUpdate<EnvironmentNoun>.self, AssetDelete<EnvironmentNoun>.self,
            AssetArchive<EnvironmentNoun>.self, AssetRestore<EnvironmentNoun>.self,
        ]
    )
}
