import ArgumentParser
import BatchDomain
import BatchWorkspace

/// Carries out `batchstudio job cancel`.
struct JobCancel: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancel a job; what it has scored so far is kept, but no output is written."
    )

    @OptionGroup var job: JobOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let canceled = try await session.openWorkspace().requestCancel(of: job.name)
        session.ensureExecutor()
        try session.answer(Output(invoked: canceled))
    }
}
