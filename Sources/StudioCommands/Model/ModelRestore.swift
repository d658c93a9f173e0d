import ArgumentParser
import BatchDomain
import BatchWorkspace

/// Carries out `batchstudio model restore`.
struct ModelRestore: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring a model back to the lists."
    )

    @Option(name: [.short, .long], help: "The model's name.", completion: .names(of: .model))
    var name: String

    @OptionGroup var versions: ArchiveOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try await versions.setArchived(false, .model, name, in: session.openWorkspace())
    }
}
