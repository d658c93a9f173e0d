import ArgumentParser
import BatchDomain
import BatchWorkspace

/// Carries out `batchstudio data restore`.
struct DataRestore: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring a data asset back to the lists."
    )

    @Option(name: [.short, .long], help: "The data asset's name.", completion: .names(of: .data))
    var name: String

    @OptionGroup var versions: ArchiveOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try await versions.setArchived(false, .data, name, in: session.openWorkspace())
    }
}
