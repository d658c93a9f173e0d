import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio job cancel`.
struct JobCancel: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancel a job; what it has scored so far is kept, but no output is written."
    )

    @OptionGroup var job: JobOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let canceled = try await session.openStudio(startsExecutor: false).cancel(job.name)
        if let failure = canceled.executorFailure { session.warn("\(failure)") }
        try session.answer(Output(invoked: canceled.job))
    }
}
