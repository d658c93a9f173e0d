import ArgumentParser
import BatchDomain
import BatchManifest
import Logging
import StudioCore
import SystemKit

/// Carries out `batchstudio job report`.
struct JobReportCommand: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a page about a job: what was scored by what, failures, predictions, timings, packages.",
        discussion: """
            Example: batchstudio job report -n JOB --to report.html

            The page is one file without scripts and without anything from elsewhere. No rows of data are in it unless --with-rows \
            asks for some. Plots need a library that is downloaded once; without network the page has none and says so.
            """
    )

    @OptionGroup var job: JobOptions

    @Option(help: "html, md or json; without one, what the file's name ends in.", completion: .list(formats))
    var format: String?

    @Option(help: "The file for the report, also as -o FILE.", completion: .file())
    var to = "report.html"

    @Option(help: "Rows of the output that are in the report.")
    var withRows = 0

    @Flag(inversion: .prefixedNo, help: "Draw the predictions, in HTML.")
    var plots = true

    @Flag(help: "Replace the file if it exists.")
    var overwrite = false

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    private static let formats = JobReport.Format.allCases.map(\.rawValue)

    func run(in session: Session) async throws {
        let format = try chosenFormat()
        if withRows < 0 {
            throw Problem(field: "--with-rows", value: "\(withRows)", rule: "must be 0 or more", example: "10")
        }
        let path = session.absolute(to)
        if !overwrite, try FolderEntry(at: path) != nil {
            throw StudioError(
                .alreadyExists,
                "The report was not written: \(path) exists.",
                advice: "Choose another name with --to, or replace it with --overwrite."
            )
        }
        let studio = try await session.openStudio()
        let report = try await studio.report(of: job.name, rowCount: withRows, hasPlots: plots && format == .html) {
            session.logger.info("\($0)")
        }
        let text =
            switch format {
            case .html: report.html
            case .md: report.markdown
            case .json: report.value.json + "\n"
            }
        try DurableFile.write(text.utf8, to: path)
        if let note = report.plotNote { session.logger.warning("The report has no plots: \(note)") }
        try session.answer(
            Output(list: [["path": .string(path)]], columns: [TableColumn("Path", "path")]),
            default: .table
        )
    }

    private func chosenFormat() throws -> JobReport.Format {
        if let format {
            if let known = JobReport.Format(rawValue: format.lowercased()) { return known }
            throw Problem(
                field: "--format",
                value: format,
                rule: "must be one of \(Self.formats.joined(separator: ", "))",
                example: "html"
            )
        }
        let name = to.lowercased()
        return name.hasSuffix(".md") ? .md : name.hasSuffix(".json") ? .json : .html
    }
}
