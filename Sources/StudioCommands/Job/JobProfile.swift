import ArgumentParser
import BatchDomain
import Logging
import StudioCore

/// Carries out `batchstudio job profile`.
struct JobProfile: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Show what is in each column of a job's predictions: counts, values, quantiles, histograms.",
        discussion: """
            Example: batchstudio job profile -n JOB --column prediction

            -o json prints it for programs: with --bins also the bins that quantiles and comparisons are computed from.
            """
    )

    @OptionGroup var job: JobOptions

    @Option(help: "Show this column only, with its values and quantiles.")
    var column: String?

    @Flag(help: "Make it again from the output file, of a job that was scored without one.")
    var rebuild = false

    @Flag(help: "Print the bins of numbers too, as JSON or YAML.")
    var bins = false

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let studio = try await session.openStudio()
        if rebuild { try await studio.rebuildProfile(of: job.name) { session.logger.info("\($0)") } }
        let profile = try await studio.profile(of: job.name)
        try session.answer(Output(profile, columns: try columns(of: profile), hasBins: bins), default: .table)
    }

    private func columns(of profile: Profile) throws -> [ColumnProfile] {
        guard let column else { return profile.columns }
        if let found = profile.column(column) { return [found] }
        throw Problem(
            field: "--column",
            value: column,
            rule: "must be one of " + profile.columns.prefix(20).map(\.name).joined(separator: ", "),
            example: profile.columns.first?.name ?? "prediction"
        )
    }
}
