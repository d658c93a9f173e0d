package import BatchDomain
import BatchWorkspace
import Foundation
import SystemKit

extension Studio {
    /// Maximum rows of a Parquet output that are shown.
    private static let maxParquetRows = 1000

    /// A part of the rows of a job's output; any part of a file of any size.
    ///
    /// - Throws: ``StudioError`` when the job has no output of its own yet, or it can't be read.
    package func outputRows(of name: String, from first: Int, count: Int) async throws -> OutputRows {
        let job = try await workspace.job(name)
        let path = try outputFile(of: job)
        if job.specification.rowFormat == .parquet { return try await parquetRows(of: job, at: path) }
        let file = try await rowFiles.file(at: path, format: job.specification.rowFormat)
        let page = try await DiskWork.run { try file.rows(from: first, count: count) }
        let width = page.rows.map(\.count).max() ?? 0
        return OutputRows(
            columns: page.names.isEmpty ? try await columns(of: job, count: width) : page.names,
            first: first,
            rows: page.rows,
            total: file.total ?? job.counts.rows
        )
    }

    /// The number of the next row of a job's output that has a text, after a row or before it; nil where there is none.
    ///
    /// - Throws: ``StudioError`` when the output can't be searched.
    package func findRow(of name: String, with text: String, from row: Int, isForward: Bool) async throws -> Int? {
        let job = try await workspace.job(name)
        let path = try outputFile(of: job)
        guard job.specification.rowFormat != .parquet else {
            throw StudioError(
                .file,
                "\(path) is Parquet, which is not searched here.",
                advice: "Search it in Python: pandas.read_parquet(\"\(path)\")"
            )
        }
        let file = try await rowFiles.file(at: path, format: job.specification.rowFormat)
        return try await DiskWork.run {
            try isForward ? file.find(text, after: row) : file.find(text, before: row)
        }
    }

    /// The output file of a job that is complete.
    ///
    /// - Throws: ``StudioError`` that says why there is none.
    func outputFile(of job: Job) throws -> String {
        guard let path = job.specification.output.file else {
            throw StudioError(
                .invalidState,
                "The script of job \(job.name) writes files of its own.",
                advice: "List them with: batchstudio job outputs -n \(job.name)",
                inStudio: "The tab Outputs lists them."
            )
        }
        guard job.state == .completed else {
            throw StudioError(
                .invalidState,
                "Job \(job.name) is \(job.state.rawValue): its output file is written when it completes."
            )
        }
        if try JobFiles(job, in: folder).missingOutput() != nil {
            throw StudioError(
                .file,
                "The output of job \(job.name) is gone: there is no file \(path).",
                advice:
                    "Score its input again: batchstudio job show -n \(job.name) -o yaml > job.yml; batchstudio job create "
                    + "-f job.yml -n NAME",
                inStudio: "Clone the job to score its input again."
            )
        }
        return path
    }

    /// The names of a file's columns that has none of its own, as far as the job knows them.
    func columns(of job: Job, count: Int) async throws -> [String] {
        let kept =
            FileManager.default.contents(atPath: folder.job(job.name).columns)
            .flatMap { try? JSONDecoder().decode([[String]].self, from: $0) } ?? []
        let variant = try await workspace.firstColumnVariant(of: job.name) ?? 0
        if kept.indices.contains(variant), kept[variant].count == count { return kept[variant] }
        return (0..<count).map { "Column \($0 + 1)" }
    }

    private func parquetRows(of job: Job, at path: String) async throws -> OutputRows {
        let request = DataPreviewRequest(input: .local(path), rows: Self.maxParquetRows)
        let preview = try await previewData(request) { _ in }
        let rows = preview.rows.map { $0.map { $0 ?? "" } }
        let total = job.counts.rows
        return OutputRows(
            columns: preview.header,
            first: 0,
            rows: rows,
            total: rows.count,
            limit: rows.count < total
                ? "the first \(Figures.count(rows.count)) of \(Figures.count(total, "row")): the file is Parquet" : nil
        )
    }
}
