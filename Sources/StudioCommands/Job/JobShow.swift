import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio job show`.
struct JobShow: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a job.",
        discussion: "Example: batchstudio job show -n amber_engine --query status -o tsv"
    )

    @OptionGroup var job: JobOptions

    @Flag(name: [.customShort("e"), .long], help: .azureOnly)
    var web = false

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio()
        let job = try await studio.job(try await job.name(in: studio, session))
        try session.answer(
            Output(
                job,
                transitions: try await studio.transitions(of: job.name),
                workers: try await studio.workers(of: job.name),
                keptBytes: job.state.isTerminal ? studio.keptBytes(of: job.name) : nil,
                deliveries: try await studio.deliveries(of: job.name),
                run: try await studio.scheduleRun(of: job.name)
            )
        )
    }
}
