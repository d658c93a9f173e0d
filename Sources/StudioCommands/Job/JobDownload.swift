import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio job download`.
struct JobDownload: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "download",
        abstract: "Copy a job's output, or all its files, to a folder.",
        discussion: "Example: batchstudio job download -n JOB --output-name score --download-path ."
    )

    @OptionGroup var job: JobOptions

    @Option(help: "The output: score.", completion: .list([Studio.outputName]))
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
        if let outputName, outputName != Studio.outputName {
            throw BatchDomain.ValidationError(
                Problem(
                    field: "--output-name",
                    value: outputName,
                    rule: "must be score, the only output of a batch scoring job",
                    example: Studio.outputName
                )
            )
        }
        // As in Azure, a download that names no output copies all files.
        let files: Studio.DownloadedFiles = all ? .remaining : outputName == nil ? .outputAndLogs : .output
        let studio = try await session.openStudio()
        let paths = try await studio.download(
            job: try await job.name(in: studio, session),
            files,
            to: downloadPath ?? ".",
            overwrites: overwrite
        )
        try session.answer(
            Output(list: paths.map { ["path": .string($0)] }, columns: [TableColumn("Path", "path")]),
            default: .table
        )
    }
}
