import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio batch-endpoint list-jobs`.
struct BatchEndpointListJobs: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "list-jobs",
        abstract: "List the jobs of an endpoint, the newest first: 50 by default.",
        discussion: "Example: batchstudio batch-endpoint list-jobs -n wine-batch -o table"
    )

    @Option(name: [.short, .long], help: "The endpoint's name.", completion: .names(of: .endpoint))
    var name: String

    @OptionGroup var page: JobPageOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio()
        let jobs = try await page.jobs(JobFilter(endpointName: name), in: studio, session)
        // Jobs outlive their endpoint, so one that has jobs need not exist any more.
        if jobs.isEmpty { _ = try await studio.endpoint(name) }
        try session.answer(Output(jobs))
    }
}
