import ArgumentParser
import BatchDomain
import BatchWorkspace

/// Carries out `batchstudio model archive`.
struct ModelArchive: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Take a model out of the lists; it stays and can be used by its version."
    )

    @Option(name: [.short, .long], help: "The model's name.", completion: .names(of: .model))
    var name: String

    @OptionGroup var versions: ArchiveOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try await versions.setArchived(true, .model, name, in: session.openWorkspace())
    }
}
