import ArgumentParser

/// `batchstudio compute list-usage`: known, and refused.
struct ComputeListUsage: RefusedCommand {
    static let configuration = CommandConfiguration(
        commandName: "list-usage",
        abstract: "Says why it does nothing here.",
        shouldDisplay: false
    )
    static let reason =
        "One's own machine has no quota of cores to list."
    static let advice: String? =
        "See this machine with: batchstudio compute list-sizes"

    @Argument(parsing: .allUnrecognized)
    var words: [String] = []

    @OptionGroup(title: "Options of every command") var global: GlobalOptions
}
