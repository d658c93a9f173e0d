import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio job delete`.
struct JobDelete: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a job that has ended, and its logs; its output stays.",
        discussion: "Example: batchstudio job delete -n JOB --yes"
    )

    @OptionGroup var job: JobOptions
    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio()
        let name = try await job.name(in: studio, session)
        let output = try await studio.job(name).specification.output.folder
        let endpoint = try await studio.endpoint(withBaseline: name)
        let baseline = endpoint.map { " It is the baseline of endpoint '\($0.name)', which has none then." } ?? ""
        try session.confirm(
            "Delete job '\(name)' and its logs? Its output in \(output) stays.\(baseline)",
            isConfirmed: confirmation.yes
        )
        try await studio.deleteJob(name)
        if let endpoint { session.note("Endpoint '\(endpoint.name)' has no baseline any more.") }
    }
}
