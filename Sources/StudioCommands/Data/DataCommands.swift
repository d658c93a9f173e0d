import ArgumentParser

/// Groups the commands `batchstudio data …`.
struct DataCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "Register data assets, list and show them.",
        subcommands: [DataCreate.self, DataList.self, DataShow.self]
    )
}
