import ArgumentParser
import StudioCore

/// Carries out `batchstudio job restore`.
struct JobRestore: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring a job back to the lists."
    )

    @OptionGroup var job: JobOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.openStudio().setArchived(false, job: job.name)
    }
}
