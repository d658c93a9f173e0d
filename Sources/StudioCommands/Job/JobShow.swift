import ArgumentParser
import BatchDomain
import BatchWorkspace

/// Carries out `batchstudio job show`.
struct JobShow: StudioCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a job.")

    @OptionGroup var job: JobOptions

    @Flag(name: [.customShort("e"), .long], help: .azureOnly)
    var web = false

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let workspace = try await session.openWorkspace()
        let job = try await workspace.job(job.name)
        try session.answer(
            Output(
                job,
                transitions: try await workspace.transitions(of: job.name),
                keptBytes: job.state.isTerminal ? workspace.keptBytes(of: job.name) : nil
            )
        )
    }
}
