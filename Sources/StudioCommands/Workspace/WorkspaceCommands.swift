import ArgumentParser

/// Groups the commands `batchstudio workspace …`.
struct WorkspaceCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workspace",
        abstract: "See where everything is kept, and back it up.",
        subcommands: [WorkspaceShow.self, WorkspaceBackup.self]
    )
}
