import ArgumentParser

/// Groups the commands `batchstudio model …`.
struct ModelCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Register models, list, change and download them.",
        subcommands: [
            ModelCreate.self, ModelList.self, ModelShow.self, ModelUpdate.self, ModelDownload.self, ModelArchive.self,
            ModelRestore.self, ModelPackage.self, ModelShare.self,
        ]
    )
}
