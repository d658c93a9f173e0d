package import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import SystemKit

extension Studio {
    /// A part of the rows of a job's output; any part of a file of any size.
    ///
    /// - Throws: ``StudioError`` when the job has no output of its own yet, or it can't be read.
    package func outputRows(of name: String, from first: Int, count: Int) async throws -> OutputRows {
        let job = try await workspace.job(name)
        let path = try outputFile(of: job)
        if job.specification.rowFormat == .parquet { return try await parquetRows(at: path, from: first, count: count) }
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
        if job.specification.rowFormat == .parquet {
            return try await parquetReading().find(text, in: path, from: row, isForward: isForward)
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
        // Of a script that returns a table, the profile has the names.
        if job.specification.scoring != .generated, let profile = try? await profile(of: job.name),
            profile.columns.count == count
        {
            return profile.columns.map(\.name)
        }
        return (0..<count).map { "Column \($0 + 1)" }
    }

    /// A part of a Parquet file, of which only the row groups with these rows are read.
    private func parquetRows(at path: String, from first: Int, count: Int) async throws -> OutputRows {
        let request = ParquetReading.Request(file: path, ranges: [first..<first + count])
        guard let answer = try await parquetReading().rows(of: [request]).first, let columns = answer.columns,
            let rows = answer.rows
        else { throw StudioError(.file, "The output \(path) can't be read: it is not a Parquet file.") }
        return OutputRows(columns: columns, first: first, rows: rows, total: answer.total)
    }
}
