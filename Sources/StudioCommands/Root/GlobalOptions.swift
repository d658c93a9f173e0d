import ArgumentParser

/// The options that every command has.
struct GlobalOptions: ParsableArguments {
    @Option(
        help: "The workspace's folder; else $BATCHSTUDIO_WORKSPACE, else batchstudio/default in the XDG data folder.",
        completion: .directory
    )
    var workspace: String?

    @Option(name: [.short, .long], help: "How the answer is printed.")
    var output: OutputFormat?

    @Option(help: "What to print of the answer, in JMESPath: name, a.b, [0], [].name, [?a=='b'].c, [].{Name: name}.")
    var query: String?

    @Flag(help: "Log what is done to the error stream; else $BATCHSTUDIO_LOG names the level.")
    var verbose = false

    @Flag(help: "As --verbose, with details; unexpected errors are shown in full.")
    var debug = false

    @Flag(help: "No warnings on the error stream.")
    var onlyShowErrors = false

    @Option(name: [.customShort("g"), .long], help: .azureOnly)
    var resourceGroup: String?

    @Option(name: [.customShort("w"), .long], help: .azureOnly)
    var workspaceName: String?

    @Option(help: .azureOnly)
    var subscription: String?
}

extension ArgumentHelp {
    /// For options that mean something in Azure only; scripts that have them run unchanged.
    static var azureOnly: ArgumentHelp {
        ArgumentHelp("Accepted for scripts of az ml; means nothing here.", visibility: .hidden)
    }
}
