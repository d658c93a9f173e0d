import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import SystemKit

/// The reports of an ended job on its files and mini-batches.
struct JobReports: Sendable {
    let workspace: Workspace
    let job: String

    private var folder: JobFolder { workspace.folder.job(job) }
    private var reports: String { folder.logs + "/sys/job_report" }

    /// Writes them; never all failures are in memory.
    ///
    /// - Throws: ``FileError``, as when there is no space for them.
    func write() async throws {
        try workspace.place.makeFolder(WorkspaceFolder.job(job) + "/logs/sys/job_report")
        try await writeFailedFiles()
        try await writeSummary(of: writeMiniBatches())
    }

    private func writeFailedFiles() async throws {
        var file = try ReportFile(at: folder.failedFiles, columns: ["file", "mini_batch", "try", "type", "reason"])
        do {
            file = try await workspace.reduceFailures(of: job, into: file) { file, failure in
                try file.add([
                    failure.file, "\(failure.miniBatch)", "\(failure.attempt)", failure.type, failure.message,
                ])
            }
        } catch {
            file.abandon()
            throw error
        }
        try await finish(file)
    }

    /// Writes them, and counts what each process did.
    private func writeMiniBatches() async throws -> [Int: Process] {
        let new = try ReportFile(
            at: reports + "/processed_mini-batches.csv",
            columns: [
                "Mini-batch Id", "Picked Count", "Process", "Process Start Time", "Total", "Succeeded", "Failed",
                "Elapsed Seconds", "Status", "Error Category", "Error Message",
            ]
        )
        let file: ReportFile
        let processes: [Int: Process]
        do {
            (file, processes) = try await workspace.reduceMiniBatches(of: job, into: (new, [:])) { written, batch in
                try written.0.add([
                    "\(batch.id)", "\(batch.attempts)", "\(batch.pid)", batch.startedAt.formatted(.iso8601),
                    "\(batch.files)", "\(batch.files - batch.failedFiles)", "\(batch.failedFiles)",
                    Self.text(ofSeconds: batch.seconds), Self.status(of: batch), batch.errorType ?? "",
                    batch.errorMessage ?? "",
                ])
                written.1[batch.pid, default: Process()].add(batch)
            }
        } catch {
            new.abandon()
            throw error
        }
        try await finish(file)
        return processes
    }

    private func finish(_ file: ReportFile) async throws {
        try await DiskWork.run {
            var file = file
            try file.finish()
        }
    }

    /// Seconds to the microsecond.
    ///
    /// Formats cost a quarter of the time of a report of a million lines.
    private static func text(ofSeconds seconds: Double) -> String {
        let microseconds = Int((seconds * 1e6).rounded())
        return "\(microseconds / 1_000_000).\(String(1_000_000 + microseconds % 1_000_000).dropFirst())"
    }

    private static func status(of batch: MiniBatchReport) -> String {
        guard batch.isFailed else { return "RUN_DONE" }
        return switch batch.errorType {
        case "Timeout": "RUN_TIMEOUT"
        case "WorkerDied": "PROCESS_EXITED"
        default: "RUN_EXCEPTION"
        }
    }

    private struct Process {
        var miniBatches = 0
        var files = 0
        var failedFiles = 0
        var seconds = 0.0

        mutating func add(_ batch: MiniBatchReport) {
            miniBatches += 1
            files += batch.files
            failedFiles += batch.failedFiles
            seconds += batch.seconds
        }
    }

    private func writeSummary(of processes: [Int: Process]) async throws {
        var file = try ReportFile(
            at: reports + "/process_summary.csv",
            columns: ["Node", "Process", "Mini-batches", "Total", "Succeeded", "Failed", "Elapsed Seconds"]
        )
        do {
            for (pid, process) in processes.sorted(by: { $0.key < $1.key }) {
                try file.add([
                    "local", "\(pid)", "\(process.miniBatches)", "\(process.files)",
                    "\(process.files - process.failedFiles)", "\(process.failedFiles)",
                    Self.text(ofSeconds: process.seconds),
                ])
            }
        } catch {
            file.abandon()
            throw error
        }
        try await finish(file)
    }
}
