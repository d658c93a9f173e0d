import ArgumentParser
import StudioCore

/// `batchstudio NOUN show` of assets.
struct AssetShow<Noun: AssetNoun>: StudioCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: "Show \(Noun.titleWithArticle).",
            discussion: "Example: batchstudio \(Noun.command) show -n NAME -v 1"
        )
    }

    @Option(name: [.short, .long], help: "The \(Noun.title)'s name.", completion: .names(of: Noun.names))
    var name: String

    @OptionGroup var version: VersionOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let asset = try await Noun.asset(version.reference(to: name), in: session.openStudio())
        if let warning = Noun.warning(about: asset) { session.warn(warning) }
        try session.answer(Noun.output(asset))
    }
}
