package import BatchDomain
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
            let files = [try await joinable(jobs[0]), try await joinable(jobs[1])]
            comparison.rows = try await DiskWork.run {
                var join = try OutputJoin(files[0], files[1], order: InputOrder(of: manifests[0]))
                return try join.run()
            }
        } catch let error as StudioError {
            comparison.rowNote = error.description
        }
        return comparison
    }

    /// The output of a job whose rows name their file and their row in it.
    private func joinable(_ job: Job) async throws -> NamedRows {
        let path = try outputFile(of: job)
        guard job.specification.scoring == .generated else {
            throw StudioError(
                .invalidState,
                "The rows of job \(job.name) are not compared: the output of a script does not name the rows of the input."
            )
        }
        guard job.specification.rowFormat != .parquet else {
            throw StudioError(
                .invalidState,
                "The rows of job \(job.name) are not compared: its output is Parquet.",
                advice: "Write CSV or JSON lines: --set output_file_name=predictions.csv"
            )
        }
        let file = try await rowFiles.file(at: path, format: job.specification.rowFormat)
        let page = try await DiskWork.run { try file.rows(from: 0, count: 1) }
        let count = page.rows.first?.count ?? 0
        return NamedRows(
            file: file,
            columns: page.names.isEmpty ? try await columns(of: job, count: count) : page.names
        )
    }
}

/// An output with the names of its columns.
struct NamedRows: Sendable {
    var file: RowFile
    var columns: [String]

    /// The columns between the one that numbers the row and the one that names the file.
    var predictions: [String] { columns.count > 2 ? Array(columns[1..<columns.count - 1]) : [] }
}
