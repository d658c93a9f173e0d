import ArgumentParser
import StudioCore

/// `batchstudio NOUN restore` of assets.
struct AssetRestore<Noun: AssetNoun>: StudioCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "restore",
            abstract: "Bring \(Noun.titleWithArticle) back to the lists.",
            discussion: "Example: batchstudio \(Noun.command) restore -n NAME -v 1"
        )
    }

    @Option(name: [.short, .long], help: "The \(Noun.title)'s name.", completion: .names(of: Noun.names))
    var name: String

    @OptionGroup var versions: ArchiveOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try await versions.setArchived(false, Noun.kind, name, in: session.openStudio())
    }
}
