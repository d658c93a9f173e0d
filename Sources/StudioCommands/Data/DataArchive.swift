import ArgumentParser
import BatchDomain
import BatchWorkspace

/// Carries out `batchstudio data archive`.
struct DataArchive: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Take a data asset out of the lists; it stays and can be used by its version."
    )

    @Option(name: [.short, .long], help: "The data asset's name.", completion: .names(of: .data))
    var name: String

    @OptionGroup var versions: ArchiveOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try await versions.setArchived(true, .data, name, in: session.openWorkspace())
    }
}
