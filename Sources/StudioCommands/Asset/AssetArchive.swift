import ArgumentParser
import StudioCore

/// `batchstudio NOUN archive` of assets.
struct AssetArchive<Noun: AssetNoun>: StudioCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "archive",
            abstract: "Take \(Noun.titleWithArticle) out of the lists; it stays and can be used by its version.",
            discussion: "Example: batchstudio \(Noun.command) archive -n NAME -v 1"
        )
    }

    @Option(name: [.short, .long], help: "The \(Noun.title)'s name.", completion: .names(of: Noun.names))
    var name: String

    @OptionGroup var versions: ArchiveOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try await versions.setArchived(true, Noun.kind, name, in: session.openStudio())
    }
}
