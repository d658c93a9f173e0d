import ArgumentParser

/// `--yes`: what `delete` commands take.
struct ConfirmationOptions: ParsableArguments {
    @Flag(name: [.short, .long], help: "Do not ask.")
    var yes = false

    @Flag(help: .azureOnly)
    var noWait = false
}
