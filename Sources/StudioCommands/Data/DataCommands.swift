import ArgumentParser

/// Groups the commands `batchstudio data …`.
struct DataCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "Register data assets, list, show, change and delete them.",
        subcommands: [
            DataCreate.self, DataList.self, DataShow.self, DataUpdate.self, DataDelete.self, DataArchive.self,
            DataRestore.self, DataPreviewCommand.self,
        ]
    )
}
