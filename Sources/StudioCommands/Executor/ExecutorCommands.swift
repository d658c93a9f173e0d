import ArgumentParser

/// Groups the commands `batchstudio executor …`.
struct ExecutorCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "executor",
        abstract: "See and stop the process that runs jobs, or start it at boot; else it starts by itself.",
        subcommands: [
            ExecutorStatus.self, ExecutorStop.self, ExecutorInstall.self, ExecutorUninstall.self, ExecutorServe.self,
        ]
    )
}
