package import BatchDomain
import BatchWorkspace
import Logging

extension Studio {
    /// The files of a job that a download copies.
    package enum DownloadedFiles: Sendable {
        /// The output.
        case output
        /// The output, the logs and the list of failed files.
        case outputAndLogs
        /// All of them; an output that no longer exists is a warning.
        case remaining
    }

    /// The name of the only output that a batch scoring job has, in Azure's words.
    package static let outputName = "score"

    /// Copies files of an ended job to a folder: the output to `named-outputs/score`, the rest to `artifacts`.
    ///
    /// - Parameters:
    ///   - name: The job's name.
    ///   - files: The files to copy.
    ///   - target: The folder, as typed.
    ///   - overwrites: Whether files in the folder are replaced; a file with the same bytes is left as it is.
    /// - Returns: The paths of the copies.
    /// - Throws: ``StudioError`` while the job runs, when it has no such files, and before anything is copied when another file
    ///   has the name of a copy.
    package func download(
        job name: String,
        _ files: DownloadedFiles,
        to target: String,
        overwrites: Bool = false
    ) async throws -> [String] {
        let job = try await workspace.job(name)
        guard job.state.isTerminal else {
            throw StudioError(
                .invalidState,
                "This job is in state \(job.state.rawValue). Download is allowed only in states Completed, Failed, Canceled.",
                advice: "Wait for its end with: batchstudio job stream -n \(job.name)"
            )
        }
        let written = JobFiles(job, in: folder)
        var copy = FileDownload(to: caller.absolute(target), overwrites: overwrites)
        let output = try written.output()
        copy.add(output, under: "named-outputs/\(Self.outputName)")
        if let warning = output.warning { logger.warning("\(warning)") }
        if let path = try written.missingOutput() {
            let gone = "The output of job \(job.name) is gone: there is no file \(path)."
            guard files == .remaining else { throw StudioError(.notFound, gone, advice: "Get its logs with --all.") }
            logger.warning("\(gone)")
        }
        if files != .output { copy.add(try written.logs() + written.reports(), under: "artifacts") }
        if copy.isEmpty {
            throw StudioError(
                .notFound,
                "Job \(job.name) is \(job.state.rawValue) and has no output. \(job.causeSentence)",
                advice: "Get its logs with --all."
            )
        }
        return try copy.run()
    }

    /// The files of a job's output, and the list of its failed files.
    ///
    /// - Throws: ``StudioError`` when there are none, or the output no longer exists.
    package func writtenFiles(of name: String) async throws -> [OutputFile] {
        let job = try await workspace.job(name)
        let written = JobFiles(job, in: folder)
        if let path = try written.missingOutput() {
            throw StudioError(.notFound, "The output of job \(job.name) is gone: there is no file \(path).")
        }
        let output = try written.output()
        if let warning = output.warning { logger.warning("\(warning)") }
        let files = try output.files + written.reports().files
        if files.isEmpty {
            let advice = job.state.isTerminal ? nil : "Wait for its end with: batchstudio job stream -n \(job.name)"
            throw StudioError(.notFound, "Job \(job.name) is \(job.state.rawValue) and has no output.", advice: advice)
        }
        return files
    }
}
