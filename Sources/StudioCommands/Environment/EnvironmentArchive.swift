import ArgumentParser
import BatchDomain
import BatchWorkspace

/// Carries out `batchstudio environment archive`.
struct EnvironmentArchive: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Take an environment out of the lists; it stays and can be used by its version."
    )

    @Option(name: [.short, .long], help: "The environment's name.", completion: .names(of: .environment))
    var name: String

    @OptionGroup var versions: ArchiveOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try await versions.setArchived(true, .environment, name, in: session.openWorkspace())
    }
}
