import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio job cancel`.
struct JobCancel: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancel a job; what it has scored so far is kept, but no output is written.",
        discussion: "Example: batchstudio job cancel -n JOB"
    )

    @OptionGroup var job: JobOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio(startsExecutor: false)
        let canceled = try await studio.cancel(try await job.name(in: studio, session))
        if let failure = canceled.executorFailure { session.warn("\(failure)") }
        try session.answer(Output(invoked: canceled.job))
    }
}
