import ArgumentParser

/// Groups the commands `batchstudio data …`.
struct DataCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "Register data assets, list, show, change and delete them.",
        subcommands: [
            DataCreate.self, AssetList<DataNoun>.self, AssetShow<DataNoun>.self, AssetUpdate<DataNoun>.self,
            AssetDelete<DataNoun>.self, AssetArchive<DataNoun>.self, AssetRestore<DataNoun>.self,
            DataPreviewCommand.self,
        ]
    )
}
