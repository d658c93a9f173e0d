import ArgumentParser
import BatchDomain
import StudioCore

/// `batchstudio NOUN delete` of assets.
struct AssetDelete<Noun: AssetNoun>: StudioCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "delete",
            abstract: Noun.deletion,
            discussion: "Example: batchstudio \(Noun.command) delete -n NAME -v 1 --yes"
        )
    }

    @Option(name: [.short, .long], help: "The \(Noun.title)'s name.", completion: .names(of: Noun.names))
    var name: String

    @OptionGroup var version: VersionOptions
    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio()
        let id = try await studio.version(of: Noun.kind, version.explicitReference(to: name))
        try session.confirm(
            "Delete \(Noun.title) '\(id.name)' version \(id.version)?",
            isConfirmed: confirmation.yes
        )
        try await studio.delete(Noun.kind, AssetReference(id))
    }
}
