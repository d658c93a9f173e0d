import ArgumentParser
import BatchDomain
import BatchManifest
import BatchWorkspace

/// Carries out `batchstudio job download`.
struct JobDownload: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "download",
        abstract: "Copy a job's output, or all its files, to a folder.",
        discussion: "Example: batchstudio job download -n JOB --output-name score --download-path ."
    )

    /// The only output that a batch scoring job has.
    static let outputName = "score"

    @OptionGroup var job: JobOptions

    @Option(help: "The output: score.", completion: .list([outputName]))
    var outputName: String?

    @Flag(help: "The logs too.")
    var all = false

    @Option(
        name: [.customShort("p"), .long],
        help: "The folder to copy to; without one, the current one.",
        completion: .directory
    )
    var downloadPath: String?

    @Flag(help: "Replace files that exist.")
    var overwrite = false

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        if let outputName, outputName != Self.outputName {
            throw BatchDomain.ValidationError(
                Problem(
                    field: "--output-name",
                    value: outputName,
                    rule: "must be score, the only output of a batch scoring job",
                    example: Self.outputName
                )
            )
        }
        let job = try await session.openWorkspace().job(job.name)
        guard job.state.isTerminal else {
            throw StudioError(
                .invalidState,
                "This job is in state \(job.state.rawValue). Download is allowed only in states Completed, Failed, Canceled.",
                advice: "Wait for its end with: batchstudio job stream -n \(job.name)"
            )
        }
        let files = JobFiles(job, in: session.folder)
        var copy = FileDownload(to: session.absolute(downloadPath ?? "."), overwrites: overwrite)
        copy.add(files.output, under: "named-outputs/\(Self.outputName)")
        if let path = files.missingOutput {
            let gone = "The output of job \(job.name) is gone: there is no file \(path)."
            guard all else { throw StudioError(.notFound, gone, advice: "Get its logs with --all.") }
            session.warn(gone)
        }
        // As in Azure, a download that names no output brings what there is.
        if all || outputName == nil { copy.add(files.logs + files.reports, under: "artifacts") }
        if copy.isEmpty {
            throw StudioError(
                .notFound,
                "Job \(job.name) is \(job.state.rawValue) and has no output. \(job.cause ?? "")",
                advice: "Get its logs with --all."
            )
        }
        let paths = try copy.run()
        try session.answer(
            Output(list: paths.map { ["path": .string($0)] }, columns: [TableColumn("Path", "path")]),
            default: .table
        )
    }
}
