import ArgumentParser

/// Groups the commands `batchstudio sample …`.
struct SampleCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "A small model with data to try batchstudio on.",
        subcommands: [SampleCreate.self]
    )
}
