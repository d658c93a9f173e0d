import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio job list`.
struct JobList: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the jobs, the newest first: 50 by default.",
        discussion: "Example: batchstudio job list -o table --max-results 10"
    )

    @Option(name: [.short, .long], help: .azureOnly)
    var parentJobName: String?

    @Flag(help: "All jobs, however many.")
    var allResults = false

    @Flag(help: "Print the list again whenever it changes, until none of its jobs runs.")
    var watch = false

    @OptionGroup var list: ListOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try list.check()
        let visibility = try list.visibility()
        let studio = try await session.openStudio()
        // No job here has children: the scoring step of Azure's pipeline is the job itself.
        if let parentJobName {
            _ = try await studio.jobName(meantBy: parentJobName)
            return try session.answer(Output([Job]()))
        }
        let limit = allResults ? nil : list.maxResults ?? 50
        let filter = JobFilter(visibility: visibility, limit: limit)
        guard watch else { return try session.answer(Output(try await studio.jobs(filter))) }
        try await studio.followJobs(filter) { jobs in
            let text = try session.text(of: Output(jobs), default: .table)
            // On a terminal from its top, which clears what was there.
            session.console.output.write(session.console.output.isTerminal ? "\u{1B}[H\u{1B}[2J" + text : text + "\n")
        }
        session.ring()
    }
}
