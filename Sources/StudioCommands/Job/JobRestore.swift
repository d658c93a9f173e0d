import ArgumentParser
import StudioCore

/// Carries out `batchstudio job restore`.
struct JobRestore: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring a job back to the lists.",
        discussion: "Example: batchstudio job restore -n JOB"
    )

    @OptionGroup var job: JobOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio()
        try await studio.setArchived(false, job: try await job.name(in: studio, session))
    }
}
