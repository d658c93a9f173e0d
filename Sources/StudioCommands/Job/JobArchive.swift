import ArgumentParser
import StudioCore

/// Carries out `batchstudio job archive`.
struct JobArchive: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Take a job that has ended out of the lists; it stays and can be shown.",
        discussion: "Example: batchstudio job archive -n JOB"
    )

    @OptionGroup var job: JobOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio()
        try await studio.setArchived(true, job: try await job.name(in: studio, session))
    }
}
