import ArgumentParser

/// `batchstudio compute stop`: known, and refused.
struct ComputeStop: RefusedCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Says why it does nothing here.",
        shouldDisplay: false
    )
    static let reason =
        "Only Azure's compute instances are stopped; here workers stop by themselves when no job needs them."
    static let advice: String? =
        "Stop the executor with: batchstudio executor stop"

    @Argument(parsing: .allUnrecognized)
    var words: [String] = []

    @OptionGroup(title: "Options of every command") var global: GlobalOptions
}
