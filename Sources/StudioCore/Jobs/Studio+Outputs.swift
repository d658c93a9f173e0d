package import BatchDomain
import BatchWorkspace
import Foundation
import SystemKit

extension Studio {
    /// The files of a job's output, a thousand at most, and the list of its failed files.
    package func outputFiles(of job: String) async throws -> [OutputFile] {
        let written = JobFiles(try await workspace.job(job), in: folder)
        return try written.output(limit: 1000).files + written.reports().files
    }

    /// Rows that are shown of a file that Python reads.
    private static let maxPythonRows = 100

    /// The first rows of an output file of a job, and what is in each column.
    ///
    /// - Throws: ``StudioError`` when it can't be read as a table.
    package func preview(of file: String, in job: String, report: @escaping Report) async throws -> OutputPreview {
        if file.lowercased().hasSuffix(".parquet") {
            let request = DataPreviewRequest(input: .local(file), rows: Self.maxPythonRows)
            let found = try await previewData(request, report: report)
            return OutputPreview(file: file, found, isComplete: found.rows.count < Self.maxPythonRows)
        }
        let specification = try await workspace.job(job).specification
        let header: OutputPreview.Header =
            if file != specification.output.file {
                file.hasSuffix("/failed_files.csv") ? .firstRow : .none
            } else if specification.rowFormat == .csvWithHeader {
                .firstRow
            } else {
                specification.scoring == .generated ? .predictions : .none
            }
        return try await DiskWork.run { try OutputPreview(reading: file, header: header) }
    }

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
