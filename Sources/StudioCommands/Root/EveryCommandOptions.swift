import ArgumentParser

/// `batchstudio options`, for `batchstudio help options`: the options that the help of a single command leaves out.
struct EveryCommandOptions: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "options",
        abstract: "Explain the options that every command has.",
        discussion: "Example: batchstudio job list --query [].name -o tsv --workspace ~/scoring",
        shouldDisplay: false
    )

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws { throw CleanExit.helpRequest(self) }
}
