package import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import SystemKit

extension Studio {
    /// Compares the predictions of two jobs: their profiles, and row by row where both outputs name the rows of the input.
    ///
    /// - Parameters:
    ///   - first: The job that is the reference.
    ///   - second: The job that is compared with it.
    /// - Returns: How they differ; what can't be compared has a note.
    /// - Throws: ``StudioError`` when a job does not exist, or has not completed.
    package func compareJobs(_ first: String, _ second: String) async throws -> JobComparison {
        let jobs = [try await workspace.job(first), try await workspace.job(second)]
        var comparison = JobComparison(first: jobs[0].name, second: jobs[1].name)
        for job in jobs where job.state != .completed {
            throw StudioError(
                .invalidState,
                "Job \(job.name) is \(job.state.rawValue): only jobs that have completed are compared.",
                advice: "List them with: batchstudio job list",
                inStudio: "Mark two jobs that have completed."
            )
        }
        do {
            comparison.compare(try await profile(of: jobs[0].name), try await profile(of: jobs[1].name))
        } catch let error as StudioError {
            comparison.profileNote = error.description
        }
        do {
            let manifests = jobs.map { folder.job($0.name).manifest }
            comparison.isSameInput = try await DiskWork.run { try InputOrder.areSame(manifests[0], manifests[1]) }
            var rows = try await joinedRows(of: jobs, isSameInput: comparison.isSameInput ?? false)
            if jobs[0].specification.scoring == .generated {
                let labels = rows.largest.map { InputRows.Label(file: $0.file, row: $0.row) }
                rows.show(try await inputRows(of: jobs[0]).rows(labels))
            }
            comparison.rows = rows
        } catch let error as StudioError {
            comparison.rowNote = error.description
        }
        return comparison
    }

    /// Joins the rows of two outputs.
    ///
    /// - Throws: ``StudioError`` that says why they can't be joined; `CancellationError`.
    private func joinedRows(of jobs: [Job], isSameInput: Bool) async throws -> RowComparison {
        let keys = try await keys(of: jobs, isSameInput: isSameInput)
        // Parquet outputs are written as CSV, which is read in a stream.
        let scratch = try PrivateFolder(named: "batchstudio-compare").path
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        let outputs = [
            try await namedRows(of: jobs[0], scratch: scratch + "/0.csv"),
            try await namedRows(of: jobs[1], scratch: scratch + "/1.csv"),
        ]
        return try await DiskWork.run {
            var join = try OutputJoin(outputs[0], outputs[1], by: keys)
            return try join.run()
        }
    }

    /// How the rows of two jobs are known again.
    private func keys(of jobs: [Job], isSameInput: Bool) async throws -> OutputJoin.Keys {
        let manifest = folder.job(jobs[0].name).manifest
        let areLabelled = jobs.map { $0.specification.scoring == .generated }
        if areLabelled == [true, true] {
            return .labels(try await DiskWork.run { try InputOrder(of: manifest) })
        }
        let sizes = jobs.map(\.specification.settings.miniBatchSize)
        guard areLabelled == [false, false], isSameInput, sizes[0] == sizes[1] else {
            throw StudioError(
                .invalidState,
                "The rows are not compared: the output of a script does not name the rows of the input, and is joined by "
                    + "mini-batch with that of another script only.",
                advice: "Score the same input with the same mini_batch_size."
            )
        }
        let spans = [try await spans(of: jobs[0]), try await spans(of: jobs[1])]
        return .places(
            try await DiskWork.run { try MiniBatchRows(manifest: manifest, miniBatchSize: sizes[0], spans: spans) }
        )
    }

    /// How many rows each mini-batch of a job has.
    private func spans(of job: Job) async throws -> [MiniBatchRows.Span] {
        var spans: [MiniBatchRows.Span] = []
        while true {
            let page = try await workspace.segments(of: job.name, after: spans.last?.miniBatch ?? -1, limit: 10_000)
            if page.isEmpty { return spans.filter { $0.rows > 0 } }
            spans += page.map { MiniBatchRows.Span(miniBatch: $0.id, rows: $0.segment.rows) }
        }
    }

    /// The output of a job, of Parquet as CSV.
    private func namedRows(of job: Job, scratch: String) async throws -> NamedRows {
        let path = try outputFile(of: job)
        let isLabelled = job.specification.scoring == .generated
        if job.specification.rowFormat == .parquet {
            try await parquetReading().writeCSV(of: path, to: scratch)
            let file = RowFile(scratch, format: .csvWithHeader)
            let page = try await DiskWork.run { try file.rows(from: 0, count: 1) }
            return NamedRows(file: file, columns: page.names, isLabelled: isLabelled)
        }
        let file = try await rowFiles.file(at: path, format: job.specification.rowFormat)
        let page = try await DiskWork.run { try file.rows(from: 0, count: 1) }
        let count = page.rows.first?.count ?? 0
        return NamedRows(
            file: file,
            columns: page.names.isEmpty ? try await columns(of: job, count: count) : page.names,
            isLabelled: isLabelled
        )
    }
}

/// An output with the names of its columns.
struct NamedRows: Sendable {
    var file: RowFile
    var columns: [String]
    /// True when the first column numbers the row and the last one names the file.
    var isLabelled: Bool

    /// The columns of the predictions.
    var predictions: [String] { isLabelled ? columns.count > 2 ? Array(columns[1..<columns.count - 1]) : [] : columns }

    /// The columns before the predictions.
    var labelsBefore: Int { isLabelled ? 1 : 0 }
}
