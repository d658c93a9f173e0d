package import BatchDomain
import BatchWorkspace

extension Studio {
    /// The files in a job's output.
    package func outputFiles(of job: String) async throws -> [OutputFile] { try await workspace.outputFiles(of: job) }

    /// The list of a job's failed files, once it has ended with some.
    package func failedFilesList(of job: String) -> OutputFile? { workspace.failedFilesList(of: job) }

    /// The first rows of an output file, and what is in each column.
    ///
    /// - Throws: ``StudioError`` when it can't be read as a table.
    package static func preview(of file: String) throws -> OutputPreview { try OutputPreview(reading: file) }

    /// The end of a log file and what is added to it, until the caller's task ends; nil when there is no such file yet.
    package static func follow(log path: String) -> AsyncStream<String>? { LogTail(path: path).pieces() }
}
