import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio job resume`.
struct JobResume: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Resume a job that failed or was canceled.",
        discussion: """
            Example: batchstudio job resume -n JOB

            What it has scored stays; failed files are scored again, and so are those that it never reached. The job keeps its \
            name and its settings.
            """
    )

    @OptionGroup var job: JobOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try session.checkAnswerable()
        let studio = try await session.openStudio(startsExecutor: false)
        let resumed = try await studio.resume(try await job.name(in: studio, session))
        session.note("Follow it with: batchstudio job stream -n \(resumed.job.name)")
        try session.answer(Output(invoked: resumed.job), queued: resumed)
    }
}
