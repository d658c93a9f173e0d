import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio job compare`.
struct JobCompare: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare the predictions of two jobs: which rows changed, and how their distributions differ.",
        discussion: """
            Example: batchstudio job compare OLD-JOB NEW-JOB

            Rows are joined by file and row. Columns are compared by the population stability index (PSI) over the deciles or \
            classes of the first job, and by the Kolmogorov–Smirnov statistic (KS). PSI of 0.1 is a note, of 0.2 a warning; so is \
            a share of missing values that differs by 5 points.
            """
    )

    @Argument(help: "The job that is the reference.", completion: .names(of: .job))
    var first: String

    @Argument(help: "The job that is compared with it.", completion: .names(of: .job))
    var second: String

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let comparison = try await session.openStudio().compareJobs(first, second)
        try session.answer(Output(comparison), default: .table)
    }
}
