import ArgumentParser

/// `batchstudio model package`: known, and refused.
struct ModelPackage: RefusedCommand {
    static let configuration = CommandConfiguration(
        commandName: "package",
        abstract: "Says why it does nothing here.",
        shouldDisplay: false
    )
    static let reason =
        "Azure builds a container image from a model for other services; nothing here runs containers."
    static let advice: String? =
        "Get the model's files with: batchstudio model download -n NAME -v VERSION"

    @Argument(parsing: .allUnrecognized)
    var words: [String] = []

    @OptionGroup(title: "Options of every command") var global: GlobalOptions
}
