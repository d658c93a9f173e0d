import ArgumentParser
import StudioCore

/// `batchstudio NOUN list` of assets.
struct AssetList<Noun: AssetNoun>: StudioCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List the latest version of every \(Noun.title), or all versions of one.",
            discussion: "Example: batchstudio \(Noun.command) list -o table"
        )
    }

    @Option(
        name: [.short, .long],
        help: "Only this \(Noun.title), in all its versions.",
        completion: .names(of: Noun.names)
    )
    var name: String?

    @OptionGroup var flags: Noun.ListFlags
    @OptionGroup var list: ListOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        if let other = try await flags.answer(named: name, list, in: session) { return try session.answer(other) }
        let visibility = try list.visibility()
        let assets = try await Noun.assets(named: name, visibility, in: session.openStudio())
        try session.answer(Noun.output(try list.limited(assets)))
    }
}
