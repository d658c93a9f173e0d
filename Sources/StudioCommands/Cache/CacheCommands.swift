import ArgumentParser

/// Groups the commands `batchstudio cache …`.
struct CacheCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache",
        abstract:
            "Python environments and downloaded inputs, which take disk space and come back when they are needed.",
        subcommands: [CacheList.self, CacheClean.self]
    )
}
