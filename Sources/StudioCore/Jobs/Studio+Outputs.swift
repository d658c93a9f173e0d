package import BatchDomain
import BatchWorkspace
import Foundation

extension Studio {
    /// The files of a job's output, a thousand at most, and the list of its failed files.
    package func outputFiles(of job: String) async throws -> [OutputFile] {
        let written = JobFiles(try await workspace.job(job), in: folder)
        return try written.output(limit: 1000).files + written.reports().files
    }

    /// The first rows of an output file, and what is in each column.
    ///
    /// - Throws: ``StudioError`` when it can't be read as a table.
    package static func preview(of file: String) throws -> OutputPreview { try OutputPreview(reading: file) }

    /// The first lines of a file; none where it is not text.
    package static func firstLines(of file: String, count: Int) -> [String] {
        guard count > 0, let handle = FileHandle(forReadingAtPath: file) else { return [] }
        defer { try? handle.close() }
        guard let start = try? handle.read(upToCount: 64 * 1024), !start.contains(0) else { return [] }
        let lines = String(decoding: start, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        // The last one is empty after a line break, else cut off; a file of one line without an end is all there is.
        return (lines.count > 1 ? lines.dropLast() : lines[...]).prefix(count).map(String.init)
    }
}
