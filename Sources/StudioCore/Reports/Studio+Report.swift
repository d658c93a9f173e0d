import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import SystemKit

extension Studio {
    /// A report about a job that has ended.
    ///
    /// - Parameters:
    ///   - name: The job.
    ///   - rowCount: Rows of the output that are in it: 0 for none, which is right for what leaves the machine.
    ///   - hasPlots: True to draw the profile.
    ///   - report: Receives the steps that take time.
    /// - Returns: The report; what is not available has a note in it.
    /// - Throws: ``StudioError`` when there is no such job, or it has not ended.
    package func report(
        of name: String,
        rowCount: Int = 0,
        hasPlots: Bool,
        report: @escaping Report
    ) async throws -> JobReport {
        let job = try await workspace.job(name)
        guard job.state.isTerminal else {
            throw StudioError(
                .invalidState,
                "Job \(job.name) is \(job.state.rawValue): a report is made of a job that has ended.",
                advice: "Follow it with: batchstudio job stream -n \(job.name)",
                inStudio: "Wait until it has ended."
            )
        }
        let failures = try await failures(of: name, limit: JobReport.maxFailures)
        let environment = EnvironmentBuilder(variables: caller.environment).existing(for: job.specification.environment)
        var made = JobReport(
            job: job,
            transitions: try await transitions(of: name),
            reasons: JobReport.reasons(of: failures),
            packages: environment?.record.lock ?? [],
            python: environment.map { "\($0.record.python.version)" },
            plots: [:],
            madeAt: now()
        )
        do {
            made.profile = try await profile(of: name)
        } catch let error as StudioError {
            made.profileNote = error.description
        }
        if rowCount > 0 { made.rows = try await outputRows(of: name, from: 0, count: rowCount) }
        if hasPlots, let profile = made.profile { await draw(profile, in: &made, report: report) }
        return made
    }

    /// Writes the report of a job as HTML, without rows of data, into the job's folder.
    ///
    /// - Parameters:
    ///   - name: The job.
    ///   - report: Receives the steps that take time, and why there are no plots.
    /// - Returns: The file, which replaces one that was written before.
    /// - Throws: ``StudioError`` when there is no such job, or it has not ended; ``FileError``.
    package func writeReport(of name: String, report: @escaping Report) async throws -> String {
        let made = try await self.report(of: name, hasPlots: true, report: report)
        let path = folder.job(made.job.name).report
        try DurableFile.write(made.html.utf8, to: path)
        if let note = made.plotNote { report("The report has no plots: \(note)") }
        return path
    }

    private func draw(_ profile: Profile, in made: inout JobReport, report: @escaping Report) async {
        let plots = profile.columns.prefix(JobReport.maxPlots).enumerated().compactMap { index, column in
            ReportPlot(column).map { (index, $0) }
        }
        guard !plots.isEmpty else { return }
        do {
            let specifications = try JSONEncoder().encode(plots.map(\.1))
            let svgs = try await PlotDrawing.svgs(of: specifications, variables: caller.environment, report: report)
            for ((index, _), svg) in zip(plots, svgs) where ReportPlot.isHarmless(svg) { made.plots[index] = svg }
        } catch {
            made.plotNote = "\(error)"
        }
    }
}

extension JobReport {
    /// Maximum columns that are drawn.
    static let maxPlots = 50
}
