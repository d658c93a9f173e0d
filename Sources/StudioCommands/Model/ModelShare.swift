import ArgumentParser

/// `batchstudio model share`: known, and refused.
struct ModelShare: RefusedCommand {
    static let configuration = CommandConfiguration(
        commandName: "share",
        abstract: "Says why it does nothing here.",
        shouldDisplay: false
    )
    static let reason =
        "Sharing copies a model to a registry of Azure, and this machine has none."
    static let advice: String? =
        "Copy its files with: batchstudio model download -n NAME -v VERSION"

    @Argument(parsing: .allUnrecognized)
    var words: [String] = []

    @OptionGroup(title: "Options of every command") var global: GlobalOptions
}
