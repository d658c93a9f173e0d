import ArgumentParser

/// Groups the commands `batchstudio model …`.
struct ModelCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Register models, list, show and delete them.",
        subcommands: [ModelCreate.self, ModelList.self, ModelShow.self, ModelDelete.self]
    )
}
