import ArgumentParser

/// `batchstudio compute restart`: known, and refused.
struct ComputeRestart: RefusedCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart",
        abstract: "Says why it does nothing here.",
        shouldDisplay: false
    )
    static let reason =
        "Only Azure's compute instances are restarted; here workers start and stop with jobs."
    static let advice: String? =
        "Stop the executor with: batchstudio executor stop"

    @Argument(parsing: .allUnrecognized)
    var words: [String] = []

    @OptionGroup(title: "Options of every command") var global: GlobalOptions
}
