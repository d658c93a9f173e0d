import BatchDomain
import StudioCore

/// The last lines of `job stream`: how a job ended, in figures and with the reasons for what failed.
struct JobSummaryText {
    /// How many failed files are named; all of them are in the logs.
    static let failureLimit = 5

    private let job: Job
    private let failures: [FileFailure]

    init(_ job: Job, in studio: Studio) async throws {
        self.job = job
        failures = try await studio.failures(of: job.name, limit: Self.failureLimit)
    }

    var text: String {
        var lines = ["Execution Summary", "=================", "RunId: \(job.name)", "Status: \(job.state.rawValue)"]
        if let cause = job.cause { lines.append("Cause: \(cause)") }
        lines += job.notes.map { "Note: \($0)" }
        let counts = job.counts
        if let files = counts.files {
            lines.append("Files: \(files), \(counts.succeededFiles) succeeded, \(counts.failedFiles) failed")
            lines += failures.map { "  \($0.file): \($0.type): \($0.message.split(separator: "\n").first ?? "")" }
            let others = counts.failedFiles - failures.count
            if others > 0, !failures.isEmpty {
                lines.append("  and \(others) more")
            }
            let isKept = job.state != .completed && counts.rows > 0
            lines.append("Rows: \(counts.rows)\(isKept ? ", kept for a resume; there is no output" : "")")
        }
        if job.state == .completed, let drift = job.drift {
            if !drift.columns.isEmpty { lines.append("Drift from the baseline \(drift.baseline):") }
            lines += drift.sentences.map { drift.columns.isEmpty ? $0 : "  " + $0 }
        }
        let output = job.specification.output
        if job.state == .completed { lines.append("Output: \(output.file ?? output.folder)") }
        lines += advice
        lines.append("Web View: \(job.address)")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The command that shows the traceback of a failed file; none for files that are not on this machine.
    private var tracebackAdvice: [String] {
        let specification = job.specification
        guard let failure = failures.first, specification.input.remote == nil else { return [] }
        let path = ShellWords.quoted("\(specification.input.root)/\(failure.file)")
        return [
            "Traceback of the first: batchstudio batch-deployment test -n \(specification.deploymentName) "
                + "-e \(specification.endpointName) --input \(path)"
        ]
    }

    /// The actions for failed files and for a job that was not completed.
    private var advice: [String] {
        var lines: [String] = []
        if job.counts.failedFiles > 0 {
            lines.append("Failed files: batchstudio job download -n \(job.name) --all, in artifacts/failed_files.csv")
            lines.append("Score them again: batchstudio job retry-failed -n \(job.name)")
            lines += tracebackAdvice
        }
        if job.hasFailedCheck {
            lines.append("Correct the input or the read options and start a new job.")
        } else if job.state == .failed || job.state == .canceled {
            lines.append("Resume the job: batchstudio job resume -n \(job.name)")
            if job.state == .failed {
                lines.append("After a change of the deployment or its model start a new job instead.")
            }
        }
        return lines
    }
}
