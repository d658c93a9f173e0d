import ArgumentParser
import StudioCore

/// `batchstudio NOUN show` of things that are known by their name alone.
struct ResourceShow<Noun: ResourceNoun>: StudioCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Noun.showing,
            discussion: "Example: batchstudio \(Noun.command) show -n NAME"
        )
    }

    @Option(name: [.short, .long], help: "The \(Noun.title)'s name.", completion: .names(of: Noun.names))
    var name: String

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try session.answer(Noun.output(try await Noun.thing(name, in: session.openStudio())))
    }
}
