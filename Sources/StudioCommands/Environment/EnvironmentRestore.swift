import ArgumentParser
import BatchDomain
import BatchWorkspace

/// Carries out `batchstudio environment restore`.
struct EnvironmentRestore: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring an environment back to the lists."
    )

    @Option(name: [.short, .long], help: "The environment's name.", completion: .names(of: .environment))
    var name: String

    @OptionGroup var versions: ArchiveOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try await versions.setArchived(false, .environment, name, in: session.openWorkspace())
    }
}
