import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// `batchstudio NOUN update` of assets.
struct AssetUpdate<Noun: AssetNoun>: StudioCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "update",
            abstract: "Change \(Noun.titleWithArticle)'s \(labelList); what it is made of never changes.",
            discussion: """
                Example: batchstudio \(Noun.command) update -n NAME -v 1 --set description=better tags.owner=me
                """
        )
    }

    private static var labelList: String {
        Noun.labels.dropLast().joined(separator: ", ") + " and " + Noun.labels.suffix(1).joined()
    }

    @Option(name: [.short, .long], help: "The \(Noun.title)'s name.", completion: .names(of: Noun.names))
    var name: String

    @OptionGroup var flags: Noun.UpdateFlags
    @OptionGroup var version: VersionOptions
    @OptionGroup var labels: LabelOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let reference = try version.reference(to: name)
        let changed = try await Noun.update(reference, in: session.openStudio()) { asset in
            let thing = "\(Noun.title) \(Noun.id(of: asset))"
            let new = try labels.changed(Noun.value(of: asset), of: thing, allowing: Noun.labels)
            return AssetLabels(description: new.description, tags: new.tags, properties: new.properties)
        }
        try session.answer(Noun.output(changed))
    }
}
