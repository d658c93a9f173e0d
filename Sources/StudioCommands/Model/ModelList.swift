import ArgumentParser
import BatchDomain
import BatchManifest
import BatchWorkers
import BatchWorkspace

/// Carries out `batchstudio model list`.
struct ModelList: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the latest version of every model, or all versions of one."
    )

    @Option(name: [.short, .long], help: "Only this model, in all its versions.", completion: .names(of: .model))
    var name: String?

    @Flag(help: "List the models that MLflow keeps instead: registered ones, and those that runs have logged.")
    var tracking = false

    @OptionGroup var place: TrackingOptions
    @OptionGroup var list: ListOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        if tracking || place.trackingURI != nil {
            let models = try await place.models(in: session).models().filter { name == nil || $0.name == name }
            return try session.answer(Output(try list.limited(models)))
        }
        let visibility = try list.visibility()
        let workspace = try await session.openWorkspace()
        let models = try await workspace.models(named: name, visibility)
        try session.answer(Output(try list.limited(models)))
    }
}
