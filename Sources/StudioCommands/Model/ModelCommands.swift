import ArgumentParser

/// Groups the commands `batchstudio model …`.
struct ModelCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Register models, list, change, delete and download them.",
        subcommands: [
            ModelCreate.self, AssetList<ModelNoun>.self, AssetShow<ModelNoun>.self, AssetUpdate<ModelNoun>.self,
            AssetDelete<ModelNoun>.self, ModelDownload.self, AssetArchive<ModelNoun>.self,
            AssetRestore<ModelNoun>.self, ModelPackage.self, ModelShare.self,
        ]
    )
}
