import ArgumentParser

/// `batchstudio compute start`: known, and refused.
struct ComputeStart: RefusedCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Says why it does nothing here.",
        shouldDisplay: false
    )
    static let reason =
        "Only Azure's compute instances are started; here workers start with a job."

    @Argument(parsing: .allUnrecognized)
    var words: [String] = []

    @OptionGroup(title: "Options of every command") var global: GlobalOptions
}
