import ArgumentParser
import StudioCore

/// `batchstudio NOUN delete` of things that are known by their name alone.
struct ResourceDelete<Noun: ResourceNoun>: StudioCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "delete",
            abstract: Noun.deletion,
            discussion: "Example: batchstudio \(Noun.command) delete -n NAME --yes"
        )
    }

    @Option(name: [.short, .long], help: "The \(Noun.title)'s name.", completion: .names(of: Noun.names))
    var name: String

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio()
        _ = try await Noun.thing(name, in: studio)
        try session.confirm("Delete \(Noun.title) '\(name)'?", isConfirmed: confirmation.yes)
        try await Noun.delete(name, in: studio)
    }
}
