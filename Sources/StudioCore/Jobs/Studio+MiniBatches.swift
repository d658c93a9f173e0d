package import BatchDomain
import BatchWorkspace
package import Foundation
import SystemKit

extension Studio {
    /// Maximum files and failed files of a mini-batch's details.
    private static let maxFiles = 200

    /// A mini-batch of a job: its files, its result, its failed files.
    ///
    /// - Throws: ``StudioError`` with code `notFound` when the job has no such mini-batch.
    package func miniBatch(_ id: Int, of name: String) async throws -> MiniBatchDetails {
        let job = try await workspace.job(name)
        let size = job.specification.settings.miniBatchSize
        let path = folder.job(name).manifest
        guard let count = job.counts.miniBatches, (0..<count).contains(id) else {
            throw StudioError(.notFound, "Job \(name) has no mini-batch \(id).")
        }
        let (plan, files) = try await DiskWork.run {
            let text = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
            let (plan, starts) = try ManifestText.plan(of: text, at: path, miniBatchSize: size)
            guard id + 1 < starts.count else { return (plan, [InputFile]()) }
            return (plan, ManifestText.files(in: text, at: starts[id]..<starts[id + 1]))
        }
        let parts = plan.parts(of: id)
        return MiniBatchDetails(
            id: id,
            count: count,
            files: files.prefix(Self.maxFiles).map { String(decoding: $0.path, as: UTF8.self) },
            fileCount: files.count,
            part: parts.map { parts in
                let records = files.first?.part?.records
                let rows = records.map { $0.firstRow..<$0.firstRow + $0.rows }
                return MiniBatchDetails.Part(number: id - parts.lowerBound + 1, count: parts.count, rows: rows)
            },
            result: try await workspace.miniBatchResult(id, of: name),
            worker: try await workspace.workers(of: name).first { $0.miniBatch == id && $0.activity == "scoring" },
            failures: try await workspace.failures(of: name, FailureFilter(miniBatch: id), limit: Self.maxFiles)
        )
    }

    /// How long the mini-batches of a job took; nil while none has ended.
    package func miniBatchTimes(of job: String) async throws -> MiniBatchTimes? {
        try await workspace.miniBatchTimes(of: job)
    }

    /// The mini-batch that was scored at a time, by a worker if it is given; nil when there was none.
    package func miniBatch(at time: Date, worker: Int?, of job: String) async throws -> Int? {
        let running = try await workspace.workers(of: job).first {
            $0.activity == "scoring" && $0.since <= time && (worker == nil || $0.worker == worker)
        }
        if let id = running?.miniBatch { return id }
        return try await workspace.miniBatch(at: time, worker: worker, of: job)
    }
}
