import ArgumentParser

/// Groups the commands `batchstudio executor …`.
struct ExecutorCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "executor",
        abstract: "See and stop the process that runs jobs; it starts by itself.",
        subcommands: [ExecutorStatus.self, ExecutorStop.self, ExecutorServe.self]
    )
}
