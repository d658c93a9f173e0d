import ArgumentParser

/// Groups the commands `batchstudio model …`.
struct ModelCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Register models, list and show them.",
        subcommands: [ModelCreate.self, ModelList.self, ModelShow.self]
    )
}
