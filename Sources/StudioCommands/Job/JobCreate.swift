import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio job create`.
struct JobCreate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Start a batch scoring job from a file, as job show prints one.",
        discussion: """
            Example: batchstudio job show -n JOB -o yaml > job.yml; batchstudio job create -f job.yml -n AGAIN

            Command, sweep and pipeline jobs of Azure are refused: batchstudio runs the jobs of batch endpoints.
            """
    )

    @Option(name: [.short, .long], help: "The job's name, in place of the file's.")
    var name: String?

    @Flag(help: "Follow the job to its end.")
    var stream = false

    @Flag(name: [.customShort("e"), .long], help: .azureOnly)
    var web = false

    @OptionGroup var source: FileOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        guard source.file != nil else {
            throw BatchDomain.ValidationError(
                Problem(
                    field: "--file",
                    rule: "must be given; without a file, start jobs with batch-endpoint invoke",
                    example: "job.yml"
                )
            )
        }
        let invocation = try JobManifest.read(source.document(in: session), name: name)
        if !stream { try session.checkAnswerable() }
        let studio = try await session.openStudio(startsExecutor: false)
        let queued = try await studio.submit(invocation, typedBy: "type:")
        let job = queued.job
        if !queued.isNew { session.report("Job \(job.name) was submitted already; it is \(job.state.rawValue).") }
        if stream { return try await JobStream.follow(job.name, in: studio, session) }
        try session.answer(Output(job, transitions: try await studio.transitions(of: job.name)), queued: queued)
    }
}
