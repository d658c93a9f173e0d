import ArgumentParser
import StudioCore

/// Carries out `batchstudio job archive`.
struct JobArchive: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Take a job that has ended out of the lists; it stays and can be shown."
    )

    @OptionGroup var job: JobOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.openStudio().setArchived(true, job: job.name)
    }
}
